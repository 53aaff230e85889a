package dev.jiggety.agent.store.mango;

import static dev.jiggety.agent.store.mango.SelectorTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked, and how it is refused. */
class FindRequestTest {

  @Test
  void mostIsOptional() throws Exception {
    var request = FindRequest.parse(json("{'selector':{'a':1}}"));

    assertThat(request.limit()).isEqualTo(25);
    assertThat(request.skip()).isZero();
    assertThat(request.fields()).isNull();
    assertThat(request.allowFallback()).isTrue();
    assertThat(request.withoutUpdate()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "'nil'"})
  void theFirstPageHasManyNames(String bookmark) throws Exception {
    var request = FindRequest.parse(json("{'selector':{},'bookmark':" + bookmark + "}"));

    assertThat(request.bookmark()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|missing_required_key",
        "{'selector':[]}|invalid_selector_json",
        "{'selector':{'$x':1}}|invalid_operator",
        "{'selector':{},'limit':-1}|invalid_non_neg_integer",
        "{'selector':{},'limit':'5'}|invalid_non_neg_integer",
        "{'selector':{},'skip':1.5}|invalid_non_neg_integer",
        "{'selector':{},'r':0}|invalid_pos_integer",
        "{'selector':{},'sort':'a'}|invalid_sort_json",
        "{'selector':{},'sort':[5]}|invalid_sort_field",
        "{'selector':{},'sort':[{'a':'up'}]}|invalid_sort_field",
        "{'selector':{},'sort':[{'a':'asc'},{'b':'desc'}]}|unsupported_mixed_sort",
        "{'selector':{},'fields':'a'}|invalid_fields",
        "{'selector':{},'fields':[5]}|invalid_field",
        "{'selector':{},'use_index':5}|invalid_index_name",
        "{'selector':{},'use_index':['a','b','c']}|invalid_index_name",
        "{'selector':{},'bookmark':5}|invalid_bookmark",
        "{'selector':{},'conflicts':1}|invalid_boolean",
        "{'selector':{},'stale':'maybe'}|invalid_ok_or_false_value",
        "{'selector':{},'sorts':[]}|invalid_key",
      })
  void refusesWhatIsNone(String request, String error) {
    assertThat(
            Assertions.catchThrowableOfType(
                    SelectorException.class, () -> FindRequest.parse(json(request)))
                .error())
        .isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "e30", "eyJzdGFydGtleSI6NX0", "g2wAAAACaAJkAA5zdGFydGtleQ", "é"})
  void aBookmarkOfAnotherKindIsNone(String text) {
    Assertions.assertThatExceptionOfType(SelectorException.class)
        .isThrownBy(() -> Bookmark.read(text, 1))
        .withMessage("Invalid bookmark value: \"" + text + "\"");
  }

  @Test
  void aBookmarkBelongsToTheShapeOfItsIndex() throws Exception {
    var key = json("{'k':[1,2]}").get("k");
    var text = new Bookmark(key, "x").write();

    assertThat(Bookmark.read(text, 2)).isEqualTo(new Bookmark(key, "x"));
    Assertions.assertThatExceptionOfType(SelectorException.class)
        .isThrownBy(() -> Bookmark.read(text, 1));
    Assertions.assertThatExceptionOfType(SelectorException.class)
        .isThrownBy(() -> Bookmark.read(text, -1));
  }
}
