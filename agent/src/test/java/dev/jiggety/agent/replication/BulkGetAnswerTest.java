package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.Revision;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers answer to _bulk_get, in their several hands. */
class BulkGetAnswerTest {
  private static final String REVISIONS = "\"_revisions\":{\"start\":2,\"ids\":[\"bb\",\"aa\"]}";
  private static final String PLAIN =
      "{\"_id\":\"plain\",\"_rev\":\"2-bb\"," + REVISIONS + ",\"n\":1.50,\"t\":\"\\u00e4\"}";

  private static String answer(String... documents) {
    return Stream.of(documents)
        .map(each -> "{\"id\":\"asked\",\"docs\":[" + each + "]}")
        .collect(Collectors.joining(",\n", "{\"results\":[", "]}\n"));
  }

  private static String ok(String document) {
    return "{\"ok\":" + document + "}";
  }

  /** Between two others, so that whatever it is, those come through. */
  private static WireDocument between(String document) {
    var read = BulkGetAnswer.read(answer(ok(PLAIN), ok(document), ok(PLAIN)));
    assertThat(read.documents()).hasSize(3);
    for (var other : List.of(0, 2)) {
      assertThat(read.documents().get(other).text()).isEqualTo(PLAIN);
    }
    return read.documents().get(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"_id\":\"a\",\"_rev\":\"2-bb\",REVS}",
        "{\"_id\":\"a\",REVS,\"x\":{\"_id\":\"b\",\"y\":[9007199254740993]}}",
        "{\"_id\":\"a\",\"_rev\":\"2-bb\",\"_deleted\":true,REVS}",
        "{\"_id\":\"a\", \"_rev\":\"2-bb\", REVS, \"blanks\": [ 1 ]}",
        "{\"_id\":\"a\",\"_rev\":\"2-bb\",REVS,\"twice\":1,\"twice\":2}",
        "{\"_id\":\"a\",\"_rev\":\"2-bb\",REVS,\"_attachments\":{\"x\":{\"stub\":true,"
            + "\"content_type\":\"text/plain\",\"digest\":\"md5-x\",\"length\":3,\"revpos\":1}}}",
        "{\"_id\":\"a\",\"_rev\":\"2-bb\"}"
      })
  void aStoreTakesEachAsItTakesItsText(String template) {
    var document = between(template.replace("REVS", REVISIONS));
    assertThat(document.id()).isEqualTo("a");
    assertThat(document.rev()).isEqualTo(new Revision(2, "bb"));
    var write = document.write();
    var ofText = DocumentWrite.fromText(document.text());
    assertThat(write.id()).isEqualTo(ofText.id());
    assertThat(write.history()).isEqualTo(ofText.history());
    assertThat(write.deleted()).isEqualTo(ofText.deleted());
    assertThat(write.bodyText()).isEqualTo(ofText.bodyText());
    assertThat(write.attachments().keySet()).isEqualTo(ofText.attachments().keySet());
    assertThat(document.length()).isEqualTo(document.text().length());
    assertThat(HttpAttachments.has(document)).isEqualTo(template.contains("stub"));
  }

  @Test
  void aDocumentThatNoStoreTakesIsRefusedWhereItIsStored() {
    var document = between("{\"_id\":\"a\",\"_rev\":\"2-bb\"," + REVISIONS + ",\"_odd\":1}");
    assertThat(document.id()).isEqualTo("a");
    assertThatThrownBy(document::write).isInstanceOf(InvalidDocumentException.class);
  }

  @Test
  void aRevisionThatIsNotTheNewestOfItsHistoryIsCalledAsTheServerCallsIt() {
    var document = between("{\"_id\":\"a\",\"_rev\":\"2-other\"," + REVISIONS + "}");
    assertThat(document.rev()).isEqualTo(new Revision(2, "other"));
  }

  @Test
  void saysWhatTheServerCouldNotGive() {
    var error =
        "{\"error\":{\"id\":\"gone\",\"rev\":\"3-cc\",\"error\":\"not_found\",\"reason\":\"no\"}}";
    var read = BulkGetAnswer.read(answer(ok(PLAIN), error));
    assertThat(read.documents()).hasSize(1);
    assertThat(read.absent())
        .singleElement()
        .satisfies(absent -> {
          assertThat(absent.id()).isEqualTo("asked");
          assertThat(absent.rev()).isEqualTo("3-cc");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\""})
  void whatIsNoAnswerIsNone(String text) {
    assertThatThrownBy(() -> BulkGetAnswer.read(text)).isInstanceOf(JsonParseException.class);
  }
}
