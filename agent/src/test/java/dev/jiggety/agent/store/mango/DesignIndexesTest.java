package dev.jiggety.agent.store.mango;

import static dev.jiggety.agent.store.mango.SelectorTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes in design documents have the form that CouchDB gives them. */
class DesignIndexesTest {

  private static final String FOO =
      "'foo-index':{'map':{'fields':{'foo':'asc'},'partial_filter_selector':{}},"
          + "'reduce':'_count','options':{'def':{'fields':['foo']}}}";

  private static IndexRequest request(String text) throws SelectorException {
    return IndexRequest.parse(json(text));
  }

  @Test
  void aNewIndexMakesADesignDocument() throws Exception {
    var request = request("{'index':{'fields':['foo']},'name':'foo-index','ddoc':'d'}");

    assertThat(request.designId()).isEqualTo("_design/d");
    assertThat(DesignIndexes.add(null, request))
        .isEqualTo(json("{'language':'query','views':{" + FOO + "}}"));
  }

  @Test
  void theSameIndexChangesNothing() throws Exception {
    var design = json("{'_id':'_design/d','_rev':'1-x','language':'query','views':{" + FOO + "}}");
    var request = request("{'index':{'fields':['foo']},'name':'foo-index','ddoc':'d'}");

    assertThat(DesignIndexes.add(design, request)).isEqualTo(design);
  }

  @Test
  void aPartialFilterIsKeptInItsNormalForm() throws Exception {
    var request =
        request(
            "{'index':{'fields':[{'a':'desc'}],'partial_filter_selector':{'b':{'c':1}}},"
                + "'name':'n','ddoc':'_design/d','partitioned':false}");

    assertThat(DesignIndexes.add(null, request))
        .isEqualTo(
            json(
                "{'language':'query','options':{'partitioned':false},'views':{'n':{"
                    + "'map':{'fields':{'a':'desc'},"
                    + "'partial_filter_selector':{'b.c':{'$eq':1}}},'reduce':'_count',"
                    + "'options':{'def':{'fields':[{'a':'desc'}],"
                    + "'partial_filter_selector':{'b':{'c':1}}}}}}}"));
  }

  @Test
  void withoutNamesTheRequestNamesIt() throws Exception {
    var one = request("{'index':{'fields':['foo']}}");
    var same = request("{'index':{'fields':['foo']}}");
    var other = request("{'index':{'fields':['bar']}}");

    assertThat(one.designId()).isEqualTo("_design/" + one.name()).isEqualTo(same.designId());
    assertThat(one.name()).hasSize(40).isNotEqualTo(other.name());
  }

  @Test
  void readsWhatCouchDbWrote() {
    var design =
        json(
            "{'language':'query','views':{"
                + FOO
                + ","
                + "'old':{'map':{'fields':{'a':'asc','b':'asc'},'selector':{'c':1}},'options':{}},"
                + "'text':{'map':{'default_analyzer':'keyword'}},"
                + "'broken':{'map':{'fields':{'a':'asc'},"
                + "'partial_filter_selector':{'$x':1}}}}}");
    var indexes = DesignIndexes.read("_design/d", design, false);

    assertThat(indexes)
        .extracting(index -> index.position() + " " + index.name() + " " + index.columns())
        .containsExactly("0 foo-index [foo]", "1 old [a, b]");
    assertThat(indexes.get(1).partial()).isPresent();
    assertThat(indexes.getFirst().toJson())
        .isEqualTo(
            json(
                "{'ddoc':'_design/d','name':'foo-index','type':'json','partitioned':false,"
                    + "'def':{'fields':[{'foo':'asc'}]}}"));
  }

  @Test
  void aDesignDocumentOfAnotherLanguageIsLeftAlone() throws Exception {
    var design = json("{'language':'javascript','views':{'v':{'map':'function(doc){}'}}}");
    var request = request("{'index':{'fields':['foo']},'ddoc':'d'}");

    assertThat(DesignIndexes.read("_design/d", design, false)).isEmpty();
    Assertions.assertThatExceptionOfType(SelectorException.class)
        .isThrownBy(() -> DesignIndexes.add(design, request))
        .satisfies(e -> assertThat(e.error()).isEqualTo("invalid_ddoc_lang"));
  }

  @Test
  void theLastIndexTakesItsDesignDocumentAlong() {
    var two = json("{'_id':'_design/d','language':'query','views':{" + FOO + ",'b':{'map':{}}}}");
    var one = json("{'_id':'_design/d','language':'query','views':{" + FOO + "}}");
    var more = json("{'_id':'_design/d','language':'query','x':1,'views':{" + FOO + "}}");

    assertThat(DesignIndexes.remove(two, "b")).isEqualTo(one);
    assertThat(DesignIndexes.remove(one, "foo-index")).isNull();
    assertThat(DesignIndexes.remove(two, null)).isNull();
    assertThat(DesignIndexes.remove(more, "foo-index"))
        .isEqualTo(json("{'_id':'_design/d','language':'query','x':1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|missing_required_key",
        "{'index':5}|invalid_index",
        "{'index':{}}|missing_required_key",
        "{'index':{'fields':[]}}|invalid_sort_json",
        "{'index':{'fields':'a'}}|invalid_sort_json",
        "{'index':{'fields':['a',{'b':'desc'}]}}|unsupported_mixed_sort",
        "{'index':{'fields':['a..b']}}|invalid_field_name",
        "{'index':{'fields':['a'],'partial_filter_selector':{'$x':1}}}|invalid_operator",
        "{'index':{'fields':['a'],'x':1}}|invalid_key",
        "{'index':{'fields':['a']},'type':'text'}|not_implemented",
        "{'index':{'fields':['a']},'type':'nouveau'}|not_implemented",
        "{'index':{'fields':['a']},'type':'geo'}|invalid_index",
        "{'index':{'fields':['a']},'name':5}|invalid_string",
        "{'index':{'fields':['a']},'partitioned':true}|bad_request",
        "{'index':{'fields':['a']},'w':0}|invalid_pos_integer",
        "{'index':{'fields':['a']},'x':0}|invalid_key",
      })
  void refusesWhatIsNone(String request, String error) {
    assertThat(
            Assertions.catchThrowableOfType(
                    SelectorException.class, () -> request(request).check(false))
                .error())
        .isEqualTo(error);
  }
}
