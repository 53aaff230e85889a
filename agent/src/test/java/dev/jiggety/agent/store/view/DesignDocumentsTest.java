package dev.jiggety.agent.store.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.script.Scripts;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a design document says of its views, and what it may not say. */
class DesignDocumentsTest {

  @TempDir Path folder;
  private Indexed db;
  private Scripts scripts;
  private DesignDocuments designs;

  @BeforeEach
  void open() {
    db = new Indexed(folder);
    scripts = Scripts.open(Scripts.Limits.DEFAULT);
    designs = new DesignDocuments(scripts, store -> false);
  }

  @AfterEach
  void close() {
    db.close();
    scripts.close();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private StoredDocument stored(String design) {
    db.store().put("_design/d", json(design), Optional.empty());
    return db.store().get("_design/d").orElseThrow();
  }

  private static String signature(String design) {
    return DesignDocument.read(json(design)).signature(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'views':{}}",
        "{'views':{'v':{'map':'function (doc) {}','reduce':'_sum'}}}",
        "{'views':{'lib':{'a':'exports.b = 1'},'v':{'map':'function (doc) {}'}}}",
        "{'language':'query','views':{'i':{'map':{'fields':{}},'reduce':'_count'}}}",
        "{'language':'erlang','views':{'i':{'map':'fun({Doc}) -> ok end.'}}}",
        "{'filters':{'f':'function () {}'},'rewrites':[],'validate_doc_update':'x'}"
      })
  void takesWhatCouchDbTakes(String design) {
    assertThatCode(() -> designs.check(json(design))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'views':[]}|invalid_design_doc|`views` field must have object type",
        "{'language':1}|invalid_design_doc|`language` field must have string type",
        "{'filters':{'f':1}}|invalid_design_doc|`filters.f` field must have object or string type",
        "{'rewrites':{}}|invalid_design_doc|`rewrites` field must have string or array type",
        "{'views':{'v':1}}|invalid_design_doc|`views.v` field must have object type",
        "{'views':{'lib':1}}|invalid_design_doc|`views.lib` field must have object type",
        "{'views':{'v':{'map':1}}}|invalid_design_doc|`views.v.map` field must have string type",
        "{'views':{'v':{}}}|invalid_design_doc|View `v` must contain map function",
        "{'views':{'v':{'map':'function () {}','reduce':1}}}"
            + "|invalid_design_doc|`views.v.reduce` field must have string type",
        "{'views':{'v':{'map':'function () {}','reduce':'_no'}}}"
            + "|invalid_design_doc|`_no` is not a supported reduce function.",
        "{'views':{'w':{'map':'function () {}'},'v':{'map':'function ('}}}"
            + "|compilation_error|Compilation of the map function in the ~v~ view failed: ",
        "{'views':{'v':{'map':'function () {}','reduce':'1 +'}}}"
            + "|compilation_error|Compilation of the reduce function in the ~v~ view failed: "
      })
  void refusesWhatCouchDbRefuses(String design, String error, String reason) {
    assertThatThrownBy(() -> designs.check(json(design)))
        .isInstanceOfSatisfying(
            DesignException.class,
            e -> {
              assertThat(e.error()).isEqualTo(error);
              assertThat(e.reason()).startsWith(reason.replace('~', '\''));
            });
  }

  @Test
  void aFunctionThatIsNoneIsSaidToWhoQueriesIt() {
    var broken = stored("{'views':{'v':{'map':'function ('}}}");
    assertThatThrownBy(() -> designs.definition(db.store(), broken))
        .isInstanceOf(DesignException.class)
        .hasMessageContaining("'v'");
  }

  @Test
  void viewsWithTheSameMapFunctionRunItOnce() throws DesignException {
    var definition =
        designs.definition(
            db.store(),
            stored(
                "{'views':{'b':{'map':'function (d) { emit(d.n, 1); }','reduce':'_sum'},"
                    + "'a':{'map':'function (d) { emit(d.n, 1); }'},"
                    + "'c':{'map':'function (d) { emit(-d.n, 1); }'}}}"));
    assertThat(definition.views().stream().map(IndexDefinition.View::name))
        .containsExactly("a", "b", "c");
    db.fill(0, 3, i -> "[]");
    var index = db.indexes.find(db.store(), definition);
    index.update();
    assertThat(Indexed.rows(index, ViewQuery.all())).hasSize(3);
    assertThat(index.reduce(1, ViewQuery.all(), 0).getFirst().value().getAsInt()).isEqualTo(3);
    try (var rows = index.rows(2, ViewQuery.all())) {
      assertThat(rows.next().key().getAsInt()).isEqualTo(-2);
    }
  }

  @Test
  void theSignatureChangesWithWhatDecidesTheRows() {
    var one = "{'views':{'v':{'map':'a','reduce':'b'},'lib':{'x':'1','y':'2'}}}";
    assertThat(signature(one))
        .matches("[0-9a-f]{32}")
        .isEqualTo(
            signature(
                "{'filters':{'f':'f'},'views':{'lib':{'y':'2','x':'1'},"
                    + "'v':{'reduce':'b','map':'a'}}}"))
        .isNotEqualTo(signature(one.replace("'a'", "'c'")))
        .isNotEqualTo(signature(one.replace("'b'", "'c'")))
        .isNotEqualTo(signature(one.replace("'v'", "'w'")))
        .isNotEqualTo(signature(one.replace("'2'", "'3'")))
        .isNotEqualTo(signature(one.replace("{'views'", "{'options':{'local_seq':true},'views'")))
        .isNotEqualTo(
            signature(one.replace("{'views'", "{'options':{'include_design':true},'views'")));
  }

  @Test
  void signaturesOfADatabaseAreThoseOfItsDesignDocumentsOfNow() throws DesignException {
    var design = stored("{'views':{'v':{'map':'function (doc) {}'}}}");
    assertThat(designs.signatures(db.store()))
        .containsExactly(designs.definition(db.store(), design).signature());
    db.store().delete("_design/d", design.rev());
    assertThat(designs.signatures(db.store())).isEmpty();
  }
}
