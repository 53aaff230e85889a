package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.document.Contents.FieldDifference.Who;
import dev.jiggety.model.Change;
import dev.jiggety.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentsTest {

  @Test
  void whatAHubAddsIsNotPartOfTheContentAndWhatIsNotKnownIs() {
    JsonObject document = TestDocument.TYPE.write(Samples.fullTest("shop"));
    String digest = Contents.of(document).digest();
    document.addProperty("_rev", "3-c");
    assertThat(Contents.of(document).digest()).isEqualTo(digest);
    document.addProperty("colour", "green");
    assertThat(Contents.of(document).digest()).isNotEqualTo(digest);
    Change.Put put = Contents.put(Samples.test("shop"), document);
    assertThat(put.base()).isEqualTo(Contents.of(document).digest());
    assertThat(Contents.document(put.content()).get("colour").getAsString()).isEqualTo("green");
  }

  @Test
  void aConflictIsShownFieldByField() {
    JsonObject base = parse("{'_id':'test:a','_rev':'1-a','name':'A','http':{'url':'u','x':1}}");
    JsonObject theirs = parse("{'_id':'test:a','_rev':'2-b','name':'B','http':{'url':'v','x':1}}");
    JsonObject mine = parse("{'_id':'test:a','name':'C','http':{'url':'u','x':2},'tags':['t']}");
    List<FieldDifference> found = Contents.compare(base, theirs, mine);
    assertThat(found)
        .extracting(it -> it.place() + " " + it.who())
        .containsExactly(
            "http.url " + Who.THEIRS,
            "http.x " + Who.MINE,
            "name " + Who.CONFLICT,
            "tags " + Who.MINE);
    assertThat(Contents.compare(base, mine, mine))
        .extracting(FieldDifference::who)
        .containsOnly(Who.SAME);
    assertThat(Contents.compare(base, base, null))
        .extracting(FieldDifference::place)
        .contains("_id", "name");
  }

  private static JsonObject parse(String text) {
    return TestDocument.parseObject(text.replace('\'', '"'));
  }
}
