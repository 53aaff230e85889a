package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.rules.Digests.EditConflict.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DigestsTest {
  private static final Content ONE = Digests.content("{\"a\":1}");
  private static final Content TWO = Digests.content("{\"a\":2}");

  @Test
  void theDigestIsThatOfWhatIsThereWhateverTheOrder() {
    TreeMap<String, Content> reversed = new TreeMap<>((a, b) -> b.compareTo(a));
    reversed.putAll(Map.of("test:a", ONE, "test:b", TWO));
    Configuration there = of(Map.of("test:b", TWO, "test:a", ONE));
    assertThat(Digests.of(new Configuration(reversed))).isEqualTo(Digests.of(there));
    assertThat(Digests.of(there)).matches("[0-9a-f]{64}");
    assertThat(Digests.of(of(Map.of("test:b", ONE, "test:a", TWO))))
        .isNotEqualTo(Digests.of(there));
    assertThat(Digests.of(Configuration.EMPTY)).isNotEqualTo(Digests.of(there));
  }

  @Test
  void editsInBetweenAreFoundAndNothingIsDone() {
    Configuration there = of(Map.of("test:a", ONE));
    assertThat(kind(there, new Change.Put("test:a", TWO, null))).isEqualTo(Kind.EXISTS);
    assertThat(kind(there, new Change.Put("test:a", TWO, TWO.digest())))
        .as("never its base")
        .isEqualTo(Kind.CHANGED);
    assertThat(kind(there, new Change.Delete("test:a", TWO.digest()))).isEqualTo(Kind.CHANGED);
    assertThat(kind(there, new Change.Put("test:b", TWO, ONE.digest()))).isEqualTo(Kind.GONE);
  }

  @Test
  void whatIsInForceAlreadyIsNoConflict() {
    Configuration there = of(Map.of("test:a", ONE));
    List<Change> twice =
        List.of(new Change.Put("test:a", ONE, null), new Change.Delete("test:b", "x"));
    assertThat(Digests.apply(there, twice)).isEqualTo(new Digests.Done(there));
  }

  @Test
  void theReverseBringsBackWhatWas() {
    Configuration before = of(Map.of("test:a", ONE, "test:b", TWO));
    List<Change> changes =
        List.of(
            new Change.Put("test:a", TWO, ONE.digest()),
            new Change.Delete("test:b", TWO.digest()),
            new Change.Put("test:c", ONE, null));
    Configuration after = ((Digests.Done) Digests.apply(before, changes)).configuration();
    assertThat(Digests.differences(after, before)).hasSize(3);
    assertThat(Digests.apply(after, Digests.reverse(before, changes)))
        .isEqualTo(new Digests.Done(before));
  }

  private static Kind kind(Configuration there, Change change) {
    return ((Digests.Conflicts) Digests.apply(there, List.of(change)))
        .conflicts()
        .getFirst()
        .kind();
  }

  private static Configuration of(Map<String, Content> documents) {
    return new Configuration(new TreeMap<>(documents));
  }
}
