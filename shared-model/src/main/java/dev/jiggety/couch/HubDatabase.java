package dev.jiggety.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.http.client.methods.HttpPost;
import org.jspecify.annotations.Nullable;
import org.lightcouch.HubClient;
import org.lightcouch.Response;
import org.lightcouch.View;

/**
 * One database of a hub, there or not. Each call is one request, unless it says otherwise, and
 * gives an {@link Outcome}; none throws for what a hub or a network can do. Documents, views and
 * bulk go through LightCouch. Safe for any thread.
 */
public final class HubDatabase {
  private final String name;
  private final Hub hub;

  HubDatabase(String name, Hub hub) {
    this.name = name;
    this.hub = hub;
  }

  private Line.Link link() {
    return hub.line().database(name);
  }

  private Requests requests() {
    return link().requests();
  }

  private HubClient client() {
    return link().client();
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Where it is. */
  public Hub hub() {
    return hub;
  }

  /** What it says of itself; missing when there is no such database. */
  public Outcome<DatabaseInfo> info() {
    Line line = hub.line();
    Requests requests = line.requests();
    return requests
        .object(requests.get(name))
        .map(DatabaseInfo::read)
        .map(info -> hub.positions().mark(info, line.address()));
  }

  /** Creates it with as many shards as the server likes; false when it was there already. */
  public Outcome<Boolean> create() {
    return create(OptionalInt.empty());
  }

  /**
   * Creates it; false when it was there already.
   *
   * @param shards how many parts a CouchDB cuts it into; other servers ignore it
   */
  public Outcome<Boolean> create(OptionalInt shards) {
    Requests requests = requests();
    String query = shards.isPresent() ? "?q=" + shards.getAsInt() : "";
    Outcome<Boolean> created =
        requests.element(requests.put(name + query)).map(answer -> Boolean.TRUE);
    return created instanceof Outcome.Refused<Boolean> refused && refused.status() == 412
        ? new Outcome.Ok<>(false)
        : created;
  }

  /** Drops it with all that is in it; false when it was not there, if the server tells. */
  public Outcome<Boolean> drop() {
    Requests requests = requests();
    Outcome<Boolean> dropped = requests.element(requests.delete(name)).map(answer -> Boolean.TRUE);
    return dropped instanceof Outcome.Missing<Boolean> ? new Outcome.Ok<>(false) : dropped;
  }

  /** Asks the server to give back space; it does that by itself, after its answer. */
  public Outcome<Boolean> compact() {
    Requests requests = requests();
    return requests
        .element(requests.post(name + "/_compact", new JsonObject()))
        .map(answer -> Boolean.TRUE);
  }

  /** The winning revision of a document. */
  public Outcome<JsonObject> get(String id) {
    Line line = hub.line();
    Line.Link link = line.database(name);
    String uri = line.address().resolve(name + "/" + Requests.path(id)).toString();
    return link.requests()
        .attempt(() -> Json.asObject(Json.answered(link.client().findAny(JsonElement.class, uri))));
  }

  /** Writes a document, with {@code _rev} as the successor of that revision; gives the new one. */
  public Outcome<String> put(JsonObject document) {
    Requests requests = requests();
    String id = Json.text(document, "_id", "");
    if (id.startsWith("_")) {
      return requests
          .object(requests.put(name + "/" + Requests.path(id), document))
          .map(answer -> Json.text(answer, "rev", ""));
    }
    return requests.attempt(() ->
        orNoAnswer(document.has("_rev") ? client().update(document) : client().save(document))
            .getRev());
  }

  /** Deletes a document; gives the revision of the tombstone. */
  public Outcome<String> delete(String id, String rev) {
    return requests().attempt(() -> orNoAnswer(client().remove(id, rev)).getRev());
  }

  /** A document of this database alone, which is never replicated; {@code id} without prefix. */
  public Outcome<JsonObject> getLocal(String id) {
    return get("_local/" + id);
  }

  /** Writes a local document, with the {@code _rev} that it has; gives the new one. */
  public Outcome<String> putLocal(String id, JsonObject body) {
    JsonObject document = body.deepCopy();
    document.addProperty("_id", "_local/" + id);
    return put(document);
  }

  /**
   * Writes many documents. With {@code newEdits} each gets a new revision; without, they go in as
   * they are, revisions and history included, and known ones change nothing.
   *
   * @return a row for each document that the server speaks of: CouchDB is silent about those that
   *     went in without new edits
   */
  public Outcome<List<BulkRow>> bulkDocs(List<JsonObject> documents, boolean newEdits) {
    if (documents.isEmpty()) {
      return new Outcome.Ok<>(List.of());
    }
    return requests()
        .attempt(() ->
            orNoAnswer(client().bulk(documents, newEdits)).stream().map(HubDatabase::row).toList());
  }

  /**
   * Writes many documents as they are, like {@link #bulkDocs} without new edits, for a replicator
   * that has them as text: parsing and writing each again would be most of its work.
   *
   * @param documents each the text of a JSON object
   */
  public Outcome<List<BulkRow>> bulkTexts(List<String> documents) {
    Requests requests = requests();
    StringBuilder body = new StringBuilder("{\"new_edits\":false,\"docs\":[");
    String comma = "";
    for (String document : documents) {
      body.append(comma).append(document);
      comma = ",";
    }
    body.append("]}");
    return requests
        .array(requests.post(name + "/_bulk_docs", body.toString()))
        .then(answer -> requests.attempt(() -> BulkRow.read(answer)));
  }

  /**
   * Which revisions are not here.
   *
   * @param revisions a list of revisions for each id
   * @return for each id that lacks some, {@code missing} and perhaps {@code possible_ancestors}
   */
  public Outcome<JsonObject> revsDiff(JsonObject revisions) {
    Requests requests = requests();
    return requests.object(requests.post(name + "/_revs_diff", revisions));
  }

  /**
   * Revisions with their history and attachments; of a revision that was replaced its newest leaf.
   * Absent ones are among the answers, not always one for each question.
   */
  public Outcome<List<Fetched>> bulkGet(List<DocumentRef> wanted) {
    Requests requests = requests();
    return requests
        .object(bulkGetRequest(wanted))
        .then(answer -> requests.attempt(() -> Fetched.readBulk(answer)));
  }

  /**
   * The same as the server wrote it, for a replicator: it hands most documents on without looking
   * into them.
   *
   * @return JSON, if the server is what it says; see {@link Fetched#readBulk}
   */
  public Outcome<String> bulkGetText(List<DocumentRef> wanted) {
    return requests().text(bulkGetRequest(wanted));
  }

  /** The same with stubs of the attachments, which say how they are packed. */
  public Outcome<String> bulkGetStubs(List<DocumentRef> wanted) {
    Requests requests = requests();
    String path = name + "/_bulk_get?revs=true&latest=true&att_encoding_info=true";
    return requests.text(requests.post(path, refs(wanted)));
  }

  private HttpPost bulkGetRequest(List<DocumentRef> wanted) {
    String path = name + "/_bulk_get?revs=true&latest=true&attachments=true";
    return requests().post(path, refs(wanted));
  }

  private static String refs(List<DocumentRef> wanted) {
    StringBuilder body = new StringBuilder("{\"docs\":[");
    String comma = "";
    for (DocumentRef ref : wanted) {
      Json.quote(body.append(comma).append("{\"id\":"), ref.id());
      Json.quote(body.append(",\"rev\":"), ref.rev()).append('}');
      comma = ",";
    }
    return body.append("]}").toString();
  }

  /** Attachments by themselves, and documents with such as are too large to be held in memory. */
  public HubAttachments attachments() {
    return new HubAttachments(name, requests());
  }

  /** The same for one document, for servers that have no {@code _bulk_get} that works. */
  public Outcome<List<Fetched>> getOpenRevs(String id, List<String> revs) {
    Requests requests = requests();
    String path =
        name
            + "/"
            + Requests.path(id)
            + "?revs=true&latest=true&attachments=true&open_revs="
            + Requests.encode(Json.write(Hub.texts(revs)));
    return requests
        .array(requests.get(path))
        .then(answer -> requests.attempt(() -> Fetched.readOpen(id, answer)));
  }

  /** One answer of the changes feed. */
  public Outcome<Changes> changes(ChangesRequest request) {
    return changes(request, new Cancellation());
  }

  /** One answer of the changes feed, waited for no longer than somebody else wants. */
  public Outcome<Changes> changes(ChangesRequest request, Cancellation cancellation) {
    Line line = hub.line();
    Positions positions = hub.positions();
    return positions
        .here(request, line.address())
        .then(known -> line.database(name).changes().read(known, cancellation))
        .map(changes -> positions.mark(changes, line.address()));
  }

  /**
   * Follows the continuous feed and hears it out on this thread, until it is cancelled or lost.
   *
   * @param request with a heartbeat: a silence of three of them counts as lost
   * @return the last sequence when the server ended the feed; what went wrong otherwise
   */
  public Outcome<String> follow(
      ChangesRequest request, FeedListener listener, Cancellation cancellation) {
    Line line = hub.line();
    Positions positions = hub.positions();
    return positions
        .here(request, line.address())
        .then(known ->
            line.database(name)
                .changes()
                .follow(known, positions.marking(listener, line.address()), cancellation))
        .map(last -> positions.mark(last, line.address()));
  }

  /** A range of ids at once; for big ranges see {@link #eachRow}. */
  public Outcome<List<DocumentRow>> allDocs(IdRange range) {
    List<DocumentRow> rows = new ArrayList<>();
    return eachRow(range, rows::add).map(count -> List.copyOf(rows));
  }

  /**
   * Hands over a range of ids row by row while it is read, in the order of ids.
   *
   * @return how many; after a failure in the middle some have been handed over
   */
  public Outcome<Integer> eachRow(IdRange range, Consumer<DocumentRow> consumer) {
    View view =
        client()
            .view("_all_docs")
            .startKey(range.lastFirst() ? range.to() : range.from())
            .endKey(range.lastFirst() ? range.from() : range.to())
            .descending(range.lastFirst())
            .includeDocs(range.withDocuments());
    if (range.limit() > 0) {
      view.limit(range.limit());
    }
    if (range.afterFrom()) {
      view.skip(1);
    }
    return views().eachRow(view, row -> consumer.accept(documentRow(row)));
  }

  /**
   * Documents by their ids, with {@code _conflicts} where they have conflicting revisions.
   *
   * @return those that are there, in the order of the ids that were asked for
   */
  public Outcome<List<JsonObject>> getAll(List<String> ids) {
    Requests requests = requests();
    String path = name + "/_all_docs?include_docs=true&conflicts=true";
    return requests
        .object(requests.post(path, Hub.member("keys", Hub.texts(ids))))
        .then(answer -> requests.attempt(() -> documents(answer)));
  }

  /** Its views. */
  public HubViews views() {
    Line.Link link = link();
    return new HubViews(link.client(), link.requests());
  }

  /** How many revisions of a document are remembered. */
  public Outcome<JsonElement> setRevsLimit(int limit) {
    Requests requests = requests();
    return requests.element(requests.put(name + "/_revs_limit", new JsonPrimitive(limit)));
  }

  /** Who may read and administer it. */
  public Outcome<JsonObject> security() {
    Requests requests = requests();
    return requests.object(requests.get(name + "/_security"));
  }

  /** Says who may read and administer it. */
  public Outcome<JsonElement> setSecurity(JsonObject security) {
    Requests requests = requests();
    return requests.element(requests.put(name + "/_security", security));
  }

  private static List<JsonObject> documents(JsonObject answer) {
    List<JsonObject> documents = new ArrayList<>();
    for (JsonElement row : Json.asArray(answer.get("rows"))) {
      if (Json.asObject(row).get("doc") instanceof JsonObject document) {
        documents.add(document);
      }
    }
    return List.copyOf(documents);
  }

  private static DocumentRow documentRow(JsonObject row) {
    return new DocumentRow(
        Json.text(row, "id", ""),
        row.get("value") instanceof JsonObject value ? Json.text(value, "rev", "") : "",
        row.get("doc") instanceof JsonObject document ? document : null);
  }

  /** LightCouch makes null of an answer that was cut before its body. */
  private static <T> T orNoAnswer(@Nullable T answer) {
    if (answer == null) {
      throw new UncheckedIOException(new EOFException("empty answer"));
    }
    return answer;
  }

  private static BulkRow row(Response response) {
    return new BulkRow(
        orEmpty(response.getId()),
        orEmpty(response.getRev()),
        orEmpty(response.getError()),
        orEmpty(response.getReason()));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
