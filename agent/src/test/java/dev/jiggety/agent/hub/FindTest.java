package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries and their indexes over HTTP, as CouchDB's documentation describes them. */
class FindTest {
  private static final String SLOW =
      "No matching index found, create an index to optimize query time.";

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void open() {
    hub = new HubFixture(folder);
    hub.put("films", "");
    var docs = new JsonArray();
    for (var i = 0; i < 50; i++) {
      var film = new JsonObject();
      film.addProperty("_id", "film-%02d".formatted(i));
      film.addProperty("year", 1990 + i % 10);
      film.addProperty("title", "Title " + i);
      var rating = new JsonObject();
      rating.addProperty("stars", i % 5);
      rating.addProperty("votes", 9_007_199_254_740_993L);
      film.add("rating", rating);
      docs.add(film);
    }
    var bulk = new JsonObject();
    bulk.add("docs", docs);
    hub.post("films/_bulk_docs", bulk.toString());
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }

  private static JsonElement json(String text) {
    return JsonParser.parseString(quoted(text));
  }

  private HubFixture.Answer find(String request) {
    return hub.post("films/_find", quoted(request));
  }

  private HubFixture.Answer index(String request) {
    return hub.post("films/_index", quoted(request));
  }

  private static List<String> ids(HubFixture.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var ids = new ArrayList<String>();
    for (var document : answer.json().getAsJsonArray("docs")) {
      ids.add(document.getAsJsonObject().get("_id").getAsString());
    }
    return ids;
  }

  @Test
  void findsWithoutIndexAndSaysThatItIsSlow() {
    var answer = find("{'selector':{'year':1995,'rating.stars':{'$gt':3}}}");

    assertThat(ids(answer)).isEmpty();
    answer = find("{'selector':{'year':1994}}");
    assertThat(ids(answer)).containsExactly("film-04", "film-14", "film-24", "film-34", "film-44");
    assertThat(answer.text("warning")).isEqualTo(SLOW);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).contains("9007199254740993");
  }

  @Test
  void anIndexIsMadeOnceAndUsed() {
    var request = "{'index':{'fields':['year']},'ddoc':'by-year','name':'year-index'}";
    assertThat(index(request).json())
        .isEqualTo(json("{'result':'created','id':'_design/by-year','name':'year-index'}"));
    assertThat(index(request).text("result")).isEqualTo("exists");

    var answer = find("{'selector':{'year':{'$gte':1999}},'sort':['year'],'execution_stats':true}");

    assertThat(ids(answer)).hasSize(5);
    assertThat(answer.json().has("warning")).isFalse();
    var statistics = answer.json().getAsJsonObject("execution_stats");
    assertThat(statistics.get("total_keys_examined").getAsInt()).isEqualTo(5);
    assertThat(statistics.get("total_docs_examined").getAsInt()).isEqualTo(5);
    assertThat(statistics.get("results_returned").getAsInt()).isEqualTo(5);
    assertThat(hub.get("films/_design/by-year").json().get("language").getAsString())
        .isEqualTo("query");
  }

  @Test
  void aDesignDocumentFromCouchDbIsAnIndex() {
    hub.put(
        "films/_design/replicated",
        quoted(
            "{'language':'query','views':{'v':{'map':{'fields':{'rating.stars':'asc'},"
                + "'partial_filter_selector':{}},'reduce':'_count',"
                + "'options':{'def':{'fields':['rating.stars']}}}}}"));

    var answer = find("{'selector':{'rating':{'stars':4}},'fields':['_id','rating.stars']}");

    assertThat(ids(answer)).hasSize(10);
    assertThat(answer.json().has("warning")).isFalse();
    assertThat(answer.json().getAsJsonArray("docs").get(0))
        .isEqualTo(json("{'_id':'film-04','rating':{'stars':4}}"));
    var plan =
        hub.post(
            "films/_explain",
            quoted("{'selector':{'rating.stars':4},'fields':['_id','rating.stars']}"));
    assertThat(plan.json().get("covering").getAsBoolean()).isTrue();
  }

  @Test
  void showsOnlyTheFieldsThatAreAskedFor() {
    var answer =
        find("{'selector':{'_id':'film-07'},'fields':['year','rating.stars','nothing','title']}");

    assertThat(answer.json().getAsJsonArray("docs"))
        .isEqualTo(json("[{'year':1997,'rating':{'stars':2},'title':'Title 7'}]"));
  }

  @Test
  void listsIndexes() {
    index("{'index':{'fields':['year','title']},'ddoc':'b','name':'two'}");
    index(
        "{'index':{'fields':[{'title':'desc'}],'partial_filter_selector':{'year':1990}},"
            + "'ddoc':'a','name':'one'}");

    assertThat(hub.get("films/_index").json())
        .isEqualTo(
            json(
                "{'total_rows':3,'indexes':["
                    + "{'ddoc':null,'name':'_all_docs','type':'special',"
                    + "'def':{'fields':[{'_id':'asc'}]}},"
                    + "{'ddoc':'_design/a','name':'one','type':'json','partitioned':false,"
                    + "'def':{'fields':[{'title':'desc'}],"
                    + "'partial_filter_selector':{'year':{'$eq':1990}}}},"
                    + "{'ddoc':'_design/b','name':'two','type':'json','partitioned':false,"
                    + "'def':{'fields':[{'year':'asc'},{'title':'asc'}]}}]}"));
    assertThat(hub.get("films/_index?skip=1&limit=1").json().getAsJsonArray("indexes")).hasSize(1);
  }

  @Test
  void deletesIndexes() {
    index("{'index':{'fields':['year']},'ddoc':'d','name':'one'}");
    index("{'index':{'fields':['title']},'ddoc':'d','name':'two'}");

    assertThat(hub.delete("films/_index/_design/d/json/one").json()).isEqualTo(json("{'ok':true}"));
    assertThat(hub.delete("films/_index/d/json/one").error()).isEqualTo("404 not_found: missing");
    assertThat(hub.delete("films/_index/_design%2Fd/json/two").status()).isEqualTo(200);
    assertThat(hub.get("films/_design/d").error()).isEqualTo("404 not_found: deleted");

    index("{'index':{'fields':['year']},'ddoc':'e'}");
    index("{'index':{'fields':['year']},'ddoc':'f'}");
    assertThat(
            hub.post("films/_index/_bulk_delete", quoted("{'docids':['_design/e','f','no-such']}"))
                .json())
        .isEqualTo(
            json(
                "{'success':[{'id':'_design/e','ok':true},{'id':'f','ok':true}],"
                    + "'fail':[{'id':'no-such','error':'not_found'}]}"));
    assertThat(hub.get("films/_index").json().get("total_rows").getAsInt()).isEqualTo(1);
    assertThat(hub.get("films/_index/d/json/x").status()).isEqualTo(405);
  }

  @Test
  void pagesWithABookmark() {
    index("{'index':{'fields':['year']}}");
    var bookmark = "nil";
    var ids = new ArrayList<String>();
    var sizes = new ArrayList<Integer>();
    do {
      var page =
          find(
              "{'selector':{'year':{'$gt':1991}},'sort':[{'year':'desc'}],'limit':15,"
                  + "'fields':['_id'],'bookmark':'"
                  + bookmark
                  + "'}");
      sizes.add(ids(page).size());
      ids.addAll(ids(page));
      bookmark = page.text("bookmark");
    } while (sizes.getLast() > 0);

    assertThat(sizes).containsExactly(15, 15, 10, 0);
    assertThat(ids).doesNotHaveDuplicates().hasSize(40).first().isEqualTo("film-49");
    assertThat(find("{'selector':{'year':1},'bookmark':'nonsense'}").error())
        .isEqualTo("400 invalid_bookmark: Invalid bookmark value: \"nonsense\"");
    assertThat(find("{'selector':{'year':1}}").text("bookmark")).isEqualTo("nil");
  }

  @Test
  void aBookmarkOutlivesItsDocument() {
    var page = find("{'selector':{},'limit':2}");
    var rev = hub.get("films/film-01").text("_rev");
    hub.delete("films/film-01?rev=" + rev);

    var next = find("{'selector':{},'limit':2,'bookmark':'" + page.text("bookmark") + "'}");

    assertThat(ids(next)).containsExactly("film-02", "film-03");
  }

  @Test
  void skipsAndLimits() {
    assertThat(ids(find("{'selector':{}}"))).hasSize(25);
    assertThat(ids(find("{'selector':{'year':1990},'skip':2,'limit':2}")))
        .containsExactly("film-20", "film-30");
    assertThat(ids(find("{'selector':{},'limit':0}"))).isEmpty();
    assertThat(ids(find("{'selector':{'_id':{'$gt':'film-47'}}}")))
        .containsExactly("film-48", "film-49");
    assertThat(ids(find("{'selector':{'_id':{'$lt':'film-02'}},'sort':[{'_id':'desc'}]}")))
        .containsExactly("film-01", "film-00");
  }

  @Test
  void refusesASortWithoutIndex() {
    assertThat(find("{'selector':{'year':1990},'sort':['title']}").error())
        .isEqualTo(
            "400 no_usable_index: No index exists for this sort, try indexing by the sort fields.");
  }

  @Test
  void saysWhenTheNamedIndexWasNotUsed() {
    assertThat(find("{'selector':{'year':1990},'use_index':'x'}").text("warning"))
        .isEqualTo(
            "_design/x was not used because it does not contain a valid index for this query.\n"
                + SLOW);
    assertThat(find("{'selector':{'year':1},'use_index':['x','y']}").text("warning"))
        .startsWith("_design/x, y was not used because it is not a valid index for this query.\n")
        .contains("The number of documents examined is high in proportion");
  }

  @Test
  void aPartialIndexHoldsWhatItsFilterSelects() {
    index(
        "{'index':{'fields':['title'],'partial_filter_selector':{'year':{'$ne':1990}}},"
            + "'ddoc':'p'}");
    var selector = "'selector':{'title':{'$gt':null}},'limit':100";

    assertThat(ids(find("{" + selector + "}"))).hasSize(50);
    assertThat(ids(find("{" + selector + ",'use_index':'p'}"))).hasSize(45);
  }

  @Test
  void anIndexFollowsItsDocuments() {
    index("{'index':{'fields':['year']}}");
    var query = "{'selector':{'year':2030}}";
    assertThat(ids(find(query))).isEmpty();

    hub.put("films/new", "{\"year\":2030}");
    assertThat(ids(find("{'selector':{'year':2030},'update':false}"))).isEmpty();
    assertThat(ids(find(query))).containsExactly("new");

    var rev = hub.get("films/new").text("_rev");
    hub.delete("films/new?rev=" + rev);
    assertThat(ids(find(query))).isEmpty();
  }

  @Test
  void showsConflicts() {
    hub.post(
        "films/_bulk_docs",
        quoted(
            "{'new_edits':false,'docs':[{'_id':'c','_rev':'1-b','k':1},"
                + "{'_id':'c','_rev':'1-a','k':1}]}"));

    assertThat(find("{'selector':{'k':1},'conflicts':true}").json().getAsJsonArray("docs"))
        .isEqualTo(json("[{'_id':'c','_rev':'1-b','k':1,'_conflicts':['1-a']}]"));
    assertThat(ids(find("{'selector':{'_conflicts':{'$exists':true}},'conflicts':true}")))
        .containsExactly("c");
  }

  @Test
  void explainsInCouchDbsForm() {
    index("{'index':{'fields':['year']},'ddoc':'by-year','name':'year-index'}");

    var plan =
        hub.post(
            "films/_explain",
            quoted(
                "{'selector':{'year':{'$gt':2010}},'fields':['_id','_rev','year','title'],"
                    + "'sort':[{'year':'asc'}],'limit':2,'skip':0}"));

    assertThat(plan.json())
        .isEqualTo(
            json(
                "{'dbname':'films','index':{'ddoc':'_design/by-year','name':'year-index',"
                    + "'type':'json','partitioned':false,'def':{'fields':[{'year':'asc'}]}},"
                    + "'partitioned':false,'selector':{'year':{'$gt':2010}},"
                    + "'opts':{'use_index':[],'bookmark':'nil','limit':2,'skip':0,"
                    + "'sort':{'year':'asc'},'fields':['_id','_rev','year','title'],"
                    + "'partition':'','r':1,'conflicts':false,'stale':false,'update':true,"
                    + "'stable':false,'execution_stats':false,'allow_fallback':true},"
                    + "'limit':2,'skip':0,'fields':['_id','_rev','year','title'],"
                    + "'mrargs':{'include_docs':true,'view_type':'map','reduce':false,"
                    + "'partition':null,'start_key':[2010],'end_key':['<MAX>'],"
                    + "'direction':'fwd','stable':false,'update':true,"
                    + "'conflicts':'undefined'},'covering':false,"
                    + "'index_candidates':[{'index':{'ddoc':null,'name':'_all_docs',"
                    + "'type':'special','def':{'fields':[{'_id':'asc'}]}},"
                    + "'analysis':{'usable':false,'reasons':[{'name':'field_mismatch'}],"
                    + "'ranking':1,'covering':null}}],"
                    + "'selector_hints':[{'type':'json','indexable_fields':['year'],"
                    + "'unindexable_fields':[]}]}"));
    assertThat(
            hub.post("films/_explain", quoted("{'selector':{},'sort':['x']}"))
                .json()
                .get("index")
                .isJsonNull())
        .isTrue();
  }

  @Test
  void refusesWhatIsNoQuery() {
    assertThat(find("{'selector':{'year':{'$foo':1}}}").error())
        .isEqualTo("400 invalid_operator: Invalid operator: $foo");
    assertThat(find("{}").error())
        .isEqualTo("400 missing_required_key: Missing required key: selector");
    assertThat(find("[]").error()).startsWith("400 bad_request");
    assertThat(index("{'index':{'fields':['a']},'type':'text'}").error())
        .startsWith("501 not_implemented: This hub has no indexes of type text");
    assertThat(hub.get("films/_find").status()).isEqualTo(405);
    assertThat(hub.post("nothing/_find", "{}").status()).isEqualTo(404);
    assertThat(
            hub.send(
                    hub.request("POST", "films/_find", "{}")
                        .setHeader("Content-Type", "text/plain"))
                .status())
        .isEqualTo(415);
  }

  @Test
  void cleaningUpLeavesIndexesInUse() {
    index("{'index':{'fields':['year']},'ddoc':'keep'}");
    ids(find("{'selector':{'year':1990}}"));
    var before = hub.get("films/_index").body();

    assertThat(hub.post("films/_view_cleanup", "").status()).isEqualTo(202);

    assertThat(hub.get("films/_index").body()).isEqualTo(before);
    assertThat(ids(find("{'selector':{'year':1990},'update':false}"))).hasSize(5);
  }

  @Test
  void longRegularExpressionsEnd() {
    hub.put("films/long", "{\"text\":\"" + "a".repeat(5_000) + "!\"}");

    assertThat(ids(find("{'selector':{'text':{'$regex':'^(a+)+$'}}}"))).isEmpty();
  }
}
