package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentWriteTest {

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  @Test
  void takesADocumentApart() {
    var write =
        DocumentWrite.fromJson(
            json(
                "{'_id':'a','_rev':'2-b','_revisions':{'start':2,'ids':['b','a']},"
                    + "'_deleted':true,'_conflicts':['1-c'],'n':9007199254740993,'x':null}"));

    assertThat(write.id()).isEqualTo("a");
    assertThat(write.parent()).contains(Revision.parse("2-b"));
    assertThat(write.history()).containsExactly(Revision.parse("2-b"), Revision.parse("1-a"));
    assertThat(write.deleted()).isTrue();
    assertThat(write.bodyText()).isEqualTo("{\"n\":9007199254740993,\"x\":null}");
  }

  @Test
  void withoutIdItGetsOne() {
    assertThat(DocumentWrite.fromJson(json("{'a':1}")).id()).matches("[0-9a-f]{32}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'_id':''}|illegal_docid",
        "{'_id':'_a'}|illegal_docid",
        "{'_id':'_design/'}|illegal_docid",
        "{'_id':'_local/'}|illegal_docid",
        "{'_id':7}|illegal_docid",
        "{'_id':'a\\ud800'}|illegal_docid",
        "{'_id':'a','_rev':'x'}|bad_request",
        "{'_id':'a','_rev':7}|bad_request",
        "{'_id':'a','_other':1}|doc_validation",
        "{'_id':'a','_deleted':'yes'}|doc_validation",
        "{'_id':'a','_revisions':{'ids':['a']}}|doc_validation",
        "{'_id':'a','_revisions':{'start':1}}|doc_validation",
        "{'_id':'a','_revisions':{'start':1,'ids':[5]}}|doc_validation",
        "{'_id':'a','_revisions':{'start':1,'ids':['b','a']}}|doc_validation",
        "{'_id':'a','_attachments':{'f':{'data':'!!'}}}|bad_request",
        "{'_id':'a','_attachments':{'f':{}}}|bad_request",
        "{'_id':'a','_attachments':{'_f':{'data':''}}}|bad_request",
      })
  void refusesWhatCouchDbRefuses(String document, String error) {
    assertThatThrownBy(() -> DocumentWrite.fromJson(json(document)))
        .isInstanceOfSatisfying(
            InvalidDocumentException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  @Test
  void countsBytesNotCharacters() {
    var write = DocumentWrite.edit("a", json("{'t':'aä€😀'}"), Optional.empty());

    assertThat(write.bodyBytes()).isEqualTo("{\"t\":\"\"}".length() + 1 + 2 + 3 + 4);
  }

  @Test
  void decodesInlineAttachments() {
    var write =
        DocumentWrite.fromJson(
            json(
                "{'_id':'a','_attachments':{'f.txt':{'content_type':'text/plain','data':'aGk='}}}"));

    var attachment = write.attachments().get("f.txt");
    assertThat(attachment).isNotNull();
    // The MD5 of "hi".
    assertThat(attachment.digest()).contains("md5-SfaKXIST7CwL9ImCHCH8Ow==");
    assertThat(attachment.content()).hasValueSatisfying(c -> assertThat(c.length()).isEqualTo(2));
  }
}
