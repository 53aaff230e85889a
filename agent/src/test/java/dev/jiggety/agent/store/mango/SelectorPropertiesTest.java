package dev.jiggety.agent.store.mango;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Selectors against a plain model of them. */
class SelectorPropertiesTest {

  @Property(tries = 3_000)
  void aSelectorMatchesWhatTheModelMatches(@ForAll long seed) throws Exception {
    var random = new RandomSelectors(new Random(seed));
    var json = random.selector();
    var selector = Selector.parse(json);
    for (var i = 0; i < 10; i++) {
      var document = random.document(i % 2 == 0 ? "a" : "B");
      assertThat(selector.matches(document))
          .as("%s on %s", json, document)
          .isEqualTo(SelectorModel.matches(json, document));
    }
  }

  @Property(tries = 500)
  void theNormalFormMeansTheSame(@ForAll long seed) throws Exception {
    var random = new RandomSelectors(new Random(seed));
    var selector = Selector.parse(random.selector());
    var again = Selector.parse(selector.toJson());
    for (var i = 0; i < 10; i++) {
      var document = random.document("a");
      assertThat(again.matches(document))
          .as("%s on %s", selector, document)
          .isEqualTo(selector.matches(document));
    }
  }
}
