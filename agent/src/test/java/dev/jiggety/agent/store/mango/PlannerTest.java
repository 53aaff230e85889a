package dev.jiggety.agent.store.mango;

import static dev.jiggety.agent.store.mango.SelectorTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which index answers a query, and which part of it. */
class PlannerTest {

  /**
   * Indexes by their columns: "a,b" is one of two columns, each in a design document of its own.
   */
  private static List<MangoIndex> indexes(String... columns) {
    var indexes = new ArrayList<MangoIndex>();
    indexes.add(MangoIndex.ALL_DOCS);
    for (var column : columns) {
      indexes.add(index("_design/" + column, column, Optional.empty()));
    }
    return indexes;
  }

  private static MangoIndex index(String design, String columns, Optional<Selector> partial) {
    var fields = new ArrayList<SortField>();
    for (var name : columns.split(",", -1)) {
      fields.add(new SortField(name, false));
    }
    return new MangoIndex(design, columns, 0, fields, partial, false);
  }

  private static Plan plan(String request, List<MangoIndex> indexes) throws SelectorException {
    return Planner.plan(FindRequest.parse(json(request)), indexes);
  }

  private static String keys(Plan plan) {
    if (plan.nothing()) {
      return "nothing";
    }
    var high = plan.highKey().toString().replace(Plan.MAX.toString(), "MAX");
    return (plan.lowKey() + ".." + high).replace('"', '\'');
  }

  private static String chosen(Plan plan) {
    return plan.index() == null ? "none" : plan.index().name();
  }

  private static String error(String request, List<MangoIndex> indexes) {
    var error =
        Assertions.catchThrowableOfType(SelectorException.class, () -> plan(request, indexes));
    return error.error() + ": " + error.reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}|[1]..[1,MAX]",
        "{'a':{'$gt':1}}|[1]..[MAX]",
        "{'a':{'$gte':1,'$lt':5}}|[1]..[5,MAX]",
        "{'a':{'$lt':5}}|[]..[5,MAX]",
        "{'a':{'$exists':true}}|[]..[MAX]",
        "{'a':{'$ne':3}}|[]..[MAX]",
        "{'a':{'$in':[3]}}|[]..[MAX]",
        "{'a':{'$not':{'$gt':3}}}|[]..[3,MAX]",
        "{'a':{'$beginsWith':'x'}}|['x']..['x\uffff',MAX]",
        "{'a':{'$beginsWith':'เ'}}|[]..[MAX]",
        "{'a':{'$gt':null}}|[null]..[MAX]",
        "{'$and':[{'a':{'$gt':1}},{'a':{'$gt':3}},{'a':{'$lte':9}}]}|[3]..[9,MAX]",
        "{'a':{'$gt':5,'$lt':3}}|nothing",
        "{'a':{'$gt':5,'$lte':5}}|nothing",
        "{'a':{'$gte':5,'$lte':5}}|[5]..[5,MAX]",
        "{'a':1,'$and':[{'a':2}]}|nothing",
        "{'a':{'$gt':'x','$lt':5}}|nothing",
        "{'a':{'$or':[{'$lt':3},{'$gt':9}]}}|[]..[MAX]",
      })
  void readsNoMoreOfAnIndexThanItMust(String selector, String keys) throws Exception {
    var plan = plan("{'selector':" + selector + "}", indexes("a"));

    assertThat(chosen(plan)).isEqualTo("a");
    assertThat(keys(plan)).isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':2}|[1,2]..[1,2,MAX]",
        "{'a':1,'b':{'$gt':2}}|[1,2]..[1,MAX]",
        "{'a':{'$gt':1},'b':{'$lt':5}}|[1]..[MAX]",
        "{'a':{'$exists':true},'b':5}|[]..[MAX]",
      })
  void readsOnlyThePartOfAllColumns(String selector, String keys) throws Exception {
    var plan = plan("{'selector':" + selector + "}", indexes("a,b"));

    assertThat(chosen(plan)).isEqualTo("a,b");
    assertThat(keys(plan)).isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // every column must exist in what matches
        "{'a':1}|a,b;b|_all_docs",
        "{'a':1,'b':{'$exists':false}}|a,b|_all_docs",
        "{'a':1,'b':{'$exists':true}}|a,b|a,b",
        "{'a':1}|a,_id|a,_id",
        "{'$or':[{'a':1},{'b':1}]}|a;b|_all_docs",
        "{'$or':[{'a':1},{'a':2,'b':1}]}|a;b|a",
        "{'$nor':[{'a':1}]}|a|a",
        "{'a':{'$elemMatch':{'b':1}}}|a|a",
        "{'a.b':1}|a;a.b|a.b",
        "{'$or':[]}|a|_all_docs",
        "{}|a|_all_docs",
        // of several: most ranges used, then fewest columns, then by name
        "{'a':1,'b':2}|a;a,b;b|a,b",
        "{'a':1,'b':2,'c':3}|a,b;a,c,b|a,c,b",
        "{'a':1,'b':{'$exists':true}}|a,b;a|a",
        "{'a':1,'b':1}|b;a|a",
        "{'_id':'x','a':1}|a|a",
      })
  void choosesAsCouchDbDoes(String selector, String known, String expected) throws Exception {
    var plan = plan("{'selector':" + selector + "}", indexes(known.split(";")));

    assertThat(chosen(plan)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|['a']|a;b|a",
        "{'a':{'$gt':1}}|['b']|a;b|b", // what has no b is left out
        "{'a':1}|['b']|a,b|a,b", // a is the same in all
        "{'a':{'$gt':1}}|['b']|a,b|none",
        "{'a':1,'b':2}|['c']|a,b,c|a,b,c",
        "{'a':1}|['a','b']|a,b|a,b",
        "{'a':1}|['b','a']|a,b|none",
        "{}|['a']|a,b|none", // what has no b would be missing
        "{'_id':{'$gt':null}}|['_id']|a|_all_docs",
        "{}|['_id']|a|none",
      })
  void sortsWithAnIndexInThatOrder(String selector, String sort, String known, String expected)
      throws Exception {
    var request = FindRequest.parse(json("{'selector':" + selector + ",'sort':" + sort + "}"));

    assertThat(chosen(Planner.explain(request, indexes(known.split(";"))))).isEqualTo(expected);
  }

  @Test
  void saysWhatIsMissingForASort() {
    assertThat(error("{'selector':{'a':1},'sort':['b']}", indexes("a")))
        .isEqualTo(
            "no_usable_index: No index exists for this sort, try indexing by the sort fields.");
  }

  @Test
  void readsBackwardsForADescendingSort() throws Exception {
    var plan = plan("{'selector':{'a':{'$gt':3}},'sort':[{'a':'desc'}]}", indexes("a"));

    assertThat(plan.descending()).isTrue();
    assertThat(keys(plan)).isEqualTo("[3]..[MAX]");
  }

  @Test
  void takesIdsByBytes() throws Exception {
    var plan = plan("{'selector':{'_id':{'$gt':'B','$lt':'a'}}}", indexes());

    assertThat(plan.nothing()).isFalse();
    assertThat(plan.lowId()).isEqualTo("B");
    assertThat(plan.highId()).isEqualTo("a");
    // In an index they lie in another order, so that only a single one has a place there.
    assertThat(keys(plan("{'selector':{'_id':{'$gt':'B'},'a':1}}", indexes("_id,a"))))
        .isEqualTo("[]..[MAX]");
    assertThat(keys(plan("{'selector':{'_id':'B','a':1}}", indexes("_id,a"))))
        .isEqualTo("['B',1]..['B',1,MAX]");
  }

  @Test
  void aNamedIndexIsUsedWhereItCan() throws Exception {
    var known = indexes("a", "a,b", "c");

    assertThat(chosen(plan("{'selector':{'a':1,'b':1},'use_index':'a'}", known))).isEqualTo("a");
    assertThat(chosen(plan("{'selector':{'a':1,'b':1},'use_index':'_design/a'}", known)))
        .isEqualTo("a");
    assertThat(chosen(plan("{'selector':{'a':1,'b':1},'use_index':['a','a']}", known)))
        .isEqualTo("a");
    assertThat(chosen(plan("{'selector':{'a':1,'b':1},'use_index':'a/a'}", known))).isEqualTo("a");
    assertThat(chosen(plan("{'selector':{'a':1},'use_index':'c'}", known))).isEqualTo("a");
    assertThat(chosen(plan("{'selector':{'a':1},'use_index':['a','x']}", known))).isEqualTo("a");
  }

  @Test
  void anotherOneIsUsedOnlyWhereItMay() throws Exception {
    var known = indexes("a");

    assertThat(error("{'selector':{'a':1},'use_index':'c','allow_fallback':false}", known))
        .isEqualTo(
            "invalid_index: _design/c specified by `use_index` could not be found or it is not"
                + " suitable.");
    assertThat(error("{'selector':{'x':1},'allow_fallback':false}", known))
        .isEqualTo("invalid_index: You must specify an index with the `use_index` parameter.");
    assertThat(chosen(plan("{'selector':{'a':1},'allow_fallback':false}", known))).isEqualTo("a");
  }

  @Test
  void aPartialIndexIsUsedByNameAlone() throws Exception {
    var partial = Optional.of(Selector.parse(json("{'c':1}")));
    var known = List.of(MangoIndex.ALL_DOCS, index("_design/p", "a", partial));

    assertThat(chosen(plan("{'selector':{'a':1,'c':1}}", known))).isEqualTo("_all_docs");
    assertThat(chosen(plan("{'selector':{'a':1,'c':1},'use_index':'p'}", known))).isEqualTo("a");
  }

  @Test
  void explainsWhyTheOthersWereNotChosen() throws Exception {
    var partial = Optional.of(Selector.parse(json("{'c':1}")));
    var known = new ArrayList<>(indexes("a,b", "a,b,c", "b,a", "b", "z"));
    known.add(index("_design/p", "a", partial));
    var plan = plan("{'selector':{'a':1,'b':{'$gt':1},'c':{'$exists':true}}}", known);

    assertThat(chosen(plan)).isEqualTo("a,b");
    assertThat(plan.candidates())
        .extracting(c -> c.index().name() + " " + c.usable() + " " + c.reason() + " " + c.ranking())
        .containsExactlyInAnyOrder(
            "b,a true alphabetically_comes_after 1",
            "a,b,c true too_many_fields 2",
            "b true less_overlap 3",
            "_all_docs true unfavored_type 4",
            "z false field_mismatch 5",
            "a false is_partial 6");
  }

  @Test
  void anEmptyListOfConditionsAloneFindsNothing() throws Exception {
    assertThat(plan("{'selector':{'$or':[]}}", indexes()).nothing()).isTrue();
    assertThat(plan("{'selector':{'$and':[]}}", indexes()).nothing()).isTrue();
    assertThat(plan("{'selector':{'a':1,'$or':[]}}", indexes()).nothing()).isFalse();
    assertThat(plan("{'selector':{}}", indexes()).nothing()).isFalse();
  }
}
