package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as text are taken apart as their trees are. */
class DocumentScannerTest {
  private static final String REVISIONS =
      "\"_revisions\":{\"start\":2,\"ids\":[\""
          + "a".repeat(32)
          + "\",\""
          + "b".repeat(32)
          + "\"]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"_id\":\"a\",\"_rev\":\"1-ab\"}",
        "{\"x\":1,\"_id\":\"a\",\"_rev\":\"1-ab\",\"y\":{\"_z\":[9007199254740993,1e400]}}",
        "{\"_id\":\"\\u00e4/b\",\"_rev\":\"1-ab\",\"_deleted\":true,\"n\":null}",
        "{ \"_id\" : \"blanks\", \"_rev\":\"1-ab\", \"a\": [ 1, 2 ]\n}",
        "{\"_id\":\"twice\",\"_rev\":\"1-ab\",\"a\":1,\"a\":2}",
        "{\"_id\":\"state\",\"_rev\":\"1-ab\",\"_replication_state\":\"completed\"}"
      })
  void givesWhatTheParserGives(String text) {
    assertSame(text);
    assertSame("{" + REVISIONS + "," + text.substring(1));
  }

  private static void assertSame(String text) {
    var scanned = DocumentWrite.fromText(text);
    var parsed = DocumentWrite.fromJson(JsonParser.parseString(text).getAsJsonObject());
    assertThat(scanned.id()).isEqualTo(parsed.id());
    assertThat(scanned.history()).isEqualTo(parsed.history());
    assertThat(scanned.deleted()).isEqualTo(parsed.deleted());
    assertThat(scanned.bodyText()).isEqualTo(parsed.bodyText());
    assertThat(scanned.attachments().keySet()).isEqualTo(parsed.attachments().keySet());
  }

  @Test
  void usesTheTextAsItIsWhereItCan() {
    var plain = "{\"_id\":\"a\",\"_rev\":\"1-ab\",\"t\":\"\\u00e4\",\"n\":1.50}";
    assertThat(DocumentScanner.scan(plain).map(DocumentWrite::bodyText))
        .isEqualTo(Optional.of("{\"t\":\"\\u00e4\",\"n\":1.50}"));
    assertThat(DocumentScanner.scan(plain.replace(",", ", "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"_id\":\"a\"",
        "{\"_id\":7}",
        "{\"_id\":\"a\",\"_x\":1}",
        "null",
        "{\"_id\":\"a\",\"_rev\":7}",
        "{\"_id\":\"a\",\"_rev\":\"1\"}",
        "{\"_id\":\"_a\",\"_rev\":\"1-ab\"}",
        "{\"_id\":\"a\",\"_rev\":\"1-ab\",\"_deleted\":1}",
        "{\"_id\":\"a\",\"_revisions\":{\"start\":1,\"ids\":[\"ab\",\"cd\"]}}",
        "{\"_id\":\"a\",\"_revisions\":{\"start\":-1,\"ids\":[\"ab\"]}}",
        "{\"_id\":\"a\",\"_revisions\":{\"ids\":[\"ab\"]}}",
        "{\"_id\":\"a\",\"_revisions\":[]}",
        "{\"_id\":\"a\",\"_attachments\":{\"x\":{}}}"
      })
  void refusesWhatTheParserRefuses(String text) {
    assertThatThrownBy(() -> DocumentWrite.fromText(text))
        .isInstanceOf(InvalidDocumentException.class);
  }
}
