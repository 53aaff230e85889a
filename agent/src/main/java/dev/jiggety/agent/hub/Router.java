package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds out who asks, what for, and whether they may; then hands over to the routes. No handler is
 * reached but through here, and none is registered without saying who may call it.
 */
final class Router {
  private static final String READ = "GET,HEAD";
  private static final String COMPACT_VIEWS = "_compact/";

  /** Names of CouchDB's that this hub does not serve. */
  private static final Set<String> SERVER_BEYOND =
      Set.of(
          "_cluster_setup", "_node", "_nouveau_analyze", "_reshard", "_search_analyze", "_utils");

  private static final Set<String> DATABASE_BEYOND =
      Set.of("_auto_purge", "_purged_infos", "_shards", "_sync_shards");

  private static final Set<String> DESIGN_BEYOND =
      Set.of("_nouveau", "_nouveau_info", "_rewrite", "_search", "_search_info");

  private final Databases databases;
  private final Authenticator authenticator;
  private final Rights rights;
  private final Partitions partitions;
  private final RouteTable<PartitionHandler> partitioned = new RouteTable<>();
  private final RouteTable<ServerHandler> server = new RouteTable<>();
  private final RouteTable<DatabaseHandler> database = new RouteTable<>();
  private final RouteTable<DocumentHandler> documents = new RouteTable<>();
  private final RouteTable<DocumentHandler> locals = new RouteTable<>();
  private final RouteTable<AttachmentHandler> attachments = new RouteTable<>();
  private final RouteTable<AttachmentHandler> designs = new RouteTable<>();

  /** Answers for the server. */
  @FunctionalInterface
  interface ServerHandler {
    void handle(Exchange exchange);
  }

  /** Answers for a database. */
  @FunctionalInterface
  interface DatabaseHandler {
    void handle(Exchange exchange, DocumentStore store);
  }

  /** Answers for a document. */
  @FunctionalInterface
  interface DocumentHandler {
    void handle(Exchange exchange, DocumentStore store, String id);
  }

  /** Answers for an attachment, or for a part of a design document: the rest of the path. */
  @FunctionalInterface
  interface AttachmentHandler {
    void handle(Exchange exchange, DocumentStore store, String id, String name);
  }

  /** Answers for a partition; {@code rest} is the path below its name. */
  @FunctionalInterface
  interface PartitionHandler {
    void handle(
        Exchange exchange, DocumentStore store, Partitions.Range partition, List<String> rest);
  }

  Router(Databases databases, Authenticator authenticator, Rights rights, Partitions partitions) {
    this.databases = databases;
    this.authenticator = authenticator;
    this.rights = rights;
    this.partitions = partitions;
  }

  /** The routes of the server itself. */
  void register(ServerRoutes routes, SessionRoutes session) {
    server.add("", READ, Access.PUBLIC, routes::welcome);
    server.add("_up", READ, Access.PUBLIC, routes::up);
    server.add("_uuids", READ, Access.PUBLIC, routes::uuids);
    server.add("_all_dbs", READ, Access.SERVER_ADMIN, routes::allDatabases);
    server.add("_dbs_info", READ + ",POST", Access.SERVER_ADMIN, routes::databaseInfos);
    server.add("_membership", READ, Access.SERVER_ADMIN, routes::membership);
    server.add("_session", READ, Access.PUBLIC, session::show);
    server.add("_session", "POST", Access.PUBLIC, session::login);
    server.add("_session", "DELETE", Access.PUBLIC, session::logout);
    server.add("/", "PUT", Access.SERVER_ADMIN, routes::createDatabase);
  }

  /** The route of what happens to databases. */
  void register(UpdatesRoutes updates) {
    server.add("_db_updates", READ, Access.SERVER_ADMIN, updates::updates);
  }

  /** The routes of replications; {@code _replicate} looks itself at who asks. */
  void register(ReplicateRoutes routes) {
    server.add("_replicate", "POST", Access.PUBLIC, routes::replicate);
    server.add("_scheduler", READ, Access.SERVER_ADMIN, routes::scheduler);
    server.add("_active_tasks", READ, Access.SERVER_ADMIN, routes::activeTasks);
  }

  /** The routes of a database. */
  void register(DatabaseRoutes routes, BulkRoutes bulk, AllDocsRoutes all, ChangesRoutes changes) {
    database.add("", READ, Access.MEMBER, routes::info);
    database.add("", "POST", Access.MEMBER, bulk::post);
    database.add("", "DELETE", Access.SERVER_ADMIN, routes::delete);
    database.add("_security", READ, Access.MEMBER, routes::security);
    database.add("_security", "PUT", Access.DATABASE_ADMIN, routes::setSecurity);
    database.add("_revs_limit", READ, Access.MEMBER, routes::revsLimit);
    database.add("_revs_limit", "PUT", Access.DATABASE_ADMIN, routes::setRevsLimit);
    database.add("_purge", "POST", Access.SERVER_ADMIN, bulk::purge);
    database.add("_purged_infos_limit", READ, Access.MEMBER, routes::purgedInfosLimit);
    database.add("_purged_infos_limit", "PUT", Access.SERVER_ADMIN, routes::setPurgedInfosLimit);
    database.add("_compact", "POST", Access.DATABASE_ADMIN, routes::compact);
    database.add("_ensure_full_commit", "POST", Access.MEMBER, routes::ensureFullCommit);
    database.add("_bulk_docs", "POST", Access.MEMBER, bulk::docs);
    database.add("_bulk_get", "POST", Access.MEMBER, new BulkGetRoutes()::get);
    database.add("_revs_diff", "POST", Access.MEMBER, bulk::revsDiff);
    database.add("_missing_revs", "POST", Access.MEMBER, bulk::missingRevs);
    database.add("_all_docs", READ + ",POST", Access.MEMBER, all::allDocs);
    database.add("_design_docs", READ + ",POST", Access.MEMBER, all::designDocs);
    database.add("_all_docs/queries", "POST", Access.MEMBER, all::allDocsQueries);
    database.add("_design_docs/queries", "POST", Access.MEMBER, all::designDocsQueries);
    database.add("_changes", "GET,POST", Access.MEMBER, changes::changes);
    partitioned.add(
        "",
        READ,
        Access.MEMBER,
        (exchange, store, partition, rest) -> Partitions.info(exchange, store, partition));
    partitioned.add("_all_docs", READ + ",POST", Access.MEMBER, all::partition);
  }

  /** The routes of queries and their indexes; who changes an index writes a design document. */
  void register(FindRoutes find, IndexRoutes index) {
    partitioned.add("_find", "POST", Access.MEMBER, find::partitionFind);
    partitioned.add("_explain", "POST", Access.MEMBER, find::partitionExplain);
    database.add("_find", "POST", Access.MEMBER, find::find);
    database.add("_explain", "POST", Access.MEMBER, find::explain);
    database.add("_index", READ, Access.MEMBER, index::list);
    database.add("_index", "POST", Access.MEMBER, index::create);
    database.add("_index/", "POST,DELETE", Access.MEMBER, index::part);
  }

  /** The routes of documents. */
  void register(DocumentRoutes routes, LocalRoutes local, AttachmentRoutes attachment) {
    documents.add("", READ, Access.MEMBER, routes::get);
    documents.add("", "PUT", Access.MEMBER, routes::put);
    documents.add("", "DELETE", Access.MEMBER, routes::delete);
    documents.add("", "COPY", Access.MEMBER, routes::copy);
    database.add("_local_docs", READ + ",POST", Access.MEMBER, local::list);
    database.add("_local_docs/queries", "POST", Access.MEMBER, local::queries);
    locals.add("", READ, Access.MEMBER, local::get);
    locals.add("", "PUT", Access.MEMBER, local::put);
    locals.add("", "DELETE", Access.MEMBER, local::delete);
    attachments.add("", READ, Access.MEMBER, attachment::get);
    attachments.add("", "PUT", Access.MEMBER, attachment::put);
    attachments.add("", "DELETE", Access.MEMBER, attachment::delete);
  }

  /** The routes of views. */
  void register(ViewRoutes views) {
    designs.add("_view", READ + ",POST", Access.MEMBER, views::view);
    partitioned.add("_design", READ + ",POST", Access.MEMBER, views::partition);
    designs.add("_info", READ, Access.MEMBER, views::info);
    database.add("_view_cleanup", "POST", Access.DATABASE_ADMIN, views::cleanUp);
    database.add(COMPACT_VIEWS, "POST", Access.DATABASE_ADMIN, views::compact);
  }

  /** The routes of functions that make answers; what they write is looked at where it is. */
  void register(RenderRoutes render) {
    designs.add("_show", READ + ",POST", Access.MEMBER, render::show);
    designs.add("_list", READ + ",POST", Access.MEMBER, render::list);
    designs.add("_update", "POST,PUT", Access.MEMBER, render::update);
  }

  private static void refuse(String what) {
    throw CouchError.notImplemented(what);
  }

  /**
   * One route, for tests that walk over all of them.
   *
   * @param path with {@code {db}}, {@code {doc}} and the like where a name belongs
   */
  record Listed(String method, String path, Access access) {}

  /** All routes there are. */
  List<Listed> routes() {
    var all = new ArrayList<Listed>();
    list(all, server, name -> name.equals("/") ? "{new}" : name);
    list(all, database, name -> name.isEmpty() ? "{db}" : "{db}/" + below(name));
    list(all, documents, name -> "{db}/{doc}");
    list(all, partitioned, name -> "{db}/_partition/{rest}/" + name);
    list(all, locals, name -> "{db}/_local/{doc}");
    list(all, attachments, name -> "{db}/{doc}/{file}");
    list(all, designs, name -> "{db}/_design/{doc}/" + name + "/{rest}");
    return all;
  }

  /** The slash at the end of a name stands for what is below. */
  private static String below(String name) {
    return name.endsWith("/") ? name + "{rest}" : name;
  }

  private static void list(List<Listed> all, RouteTable<?> table, UnaryOperator<String> pathOf) {
    table.visit((name, method, access) -> all.add(new Listed(method, pathOf.apply(name), access)));
  }

  /**
   * Answers a request.
   *
   * @throws RuntimeException what {@link CouchError#of(Throwable)} turns into an answer
   */
  void route(Exchange exchange) {
    exchange.setUser(authenticator.authenticate(exchange));
    if (authenticator.adminParty()) {
      LocalOnly.check(exchange);
    }
    var path = exchange.path();
    var first = path.isEmpty() ? "" : path.getFirst();
    if (path.isEmpty() || (first.startsWith("_") && !Databases.isLegalName(first))) {
      routeServer(exchange, path, first);
    } else if (path.size() == 1 && exchange.method().equals("PUT")) {
      server(exchange, "/");
    } else {
      var store = databases.find(first).orElseThrow(() -> noDatabase(first));
      routeDatabase(exchange, store, path.subList(1, path.size()));
    }
  }

  private static CouchError noDatabase(String name) {
    return Databases.isLegalName(name) ? CouchError.noDatabase() : DatabaseRoutes.illegalName(name);
  }

  private void routeServer(Exchange exchange, List<String> path, String name) {
    if (SERVER_BEYOND.contains(name)) {
      refuse("/" + name);
    }
    if (path.size() > 1 && !name.equals("_scheduler")) {
      throw CouchError.noDatabase();
    }
    server(exchange, name);
  }

  private void server(Exchange exchange, String name) {
    var route =
        server.find(name, exchange.method()).orElseThrow(() -> DatabaseRoutes.illegalName(name));
    rights.checkServer(route.access(), exchange.user());
    route.handler().handle(exchange);
  }

  private void routeDatabase(Exchange exchange, DocumentStore store, List<String> path) {
    var name = path.isEmpty() ? "" : path.getFirst();
    if (DATABASE_BEYOND.contains(name)) {
      rights.checkDatabase(Access.MEMBER, exchange.user(), store);
      refuse("/{db}/" + name);
    }
    if (name.equals("_partition")) {
      routePartition(exchange, store, path);
      return;
    }
    // A name may have a slash, as in _all_docs/queries; one at its end stands for what is below.
    var route =
        database
            .find(String.join("/", path), exchange.method())
            .or(() ->
                path.size() > 1 ? database.find(name + "/", exchange.method()) : Optional.empty())
            .orElse(null);
    if (route != null) {
      rights.checkDatabase(route.access(), exchange.user(), store);
      route.handler().handle(exchange, store);
    } else if (name.equals("_local") || name.startsWith(DocumentIds.LOCAL)) {
      routeLocal(exchange, store, path);
    } else {
      routeDocument(exchange, store, path);
    }
  }

  /**
   * {@code _partition/name} and what is below it. A query that can be answered for a partition
   * alone is registered with a handler that looks at the range of ids.
   */
  private void routePartition(Exchange exchange, DocumentStore store, List<String> path) {
    rights.checkDatabase(Access.MEMBER, exchange.user(), store);
    if (path.size() == 1) {
      throw CouchError.badRequest("invalid_partition_req");
    }
    var name = path.get(1);
    partitions.check(store, name);
    var rest = path.subList(2, path.size());
    var what = rest.isEmpty() ? "" : rest.getFirst();
    var route = partitioned.find(what, exchange.method()).orElseThrow(CouchError::missing);
    rights.checkDatabase(route.access(), exchange.user(), store);
    route.handler().handle(exchange, store, new Partitions.Range(name), rest);
  }

  private void routeLocal(Exchange exchange, DocumentStore store, List<String> path) {
    var two = path.getFirst().equals("_local") && path.size() > 1;
    var id = two ? DocumentIds.LOCAL + path.get(1) : path.getFirst();
    if (id.length() <= DocumentIds.LOCAL.length()) {
      throw CouchError.badRequest("Invalid _local document id.");
    }
    if (path.size() > (two ? 2 : 1)) {
      throw CouchError.badRequest("_local documents do not accept attachments.");
    }
    if (Rights.isReserved(id)) {
      throw CouchError.forbidden(id + " is reserved for the hub");
    }
    var route = locals.find("", exchange.method()).orElseThrow();
    rights.checkDatabase(route.access(), exchange.user(), store);
    route.handler().handle(exchange, store, DocumentIds.check(id));
  }

  /** A document or an attachment; {@code _design} and its name may come as one part or as two. */
  private void routeDocument(Exchange exchange, DocumentStore store, List<String> path) {
    var two = path.getFirst().equals("_design") && path.size() > 1;
    var id = two ? DocumentIds.DESIGN + path.get(1) : path.getFirst();
    var rest = path.subList(two ? 2 : 1, path.size());
    rights.checkDocument(exchange.user(), store, id);
    DocumentIds.check(id);
    if (rest.isEmpty()) {
      documents.find("", exchange.method()).orElseThrow().handler().handle(exchange, store, id);
      return;
    }
    if (id.startsWith(DocumentIds.DESIGN)) {
      var part = designs.find(rest.getFirst(), exchange.method());
      if (part.isPresent()) {
        rights.checkDatabase(part.get().access(), exchange.user(), store);
        var below = String.join("/", rest.subList(1, rest.size()));
        part.get().handler().handle(exchange, store, id, below);
        return;
      }
      if (DESIGN_BEYOND.contains(rest.getFirst())) {
        refuse("/{db}/_design/{name}/" + rest.getFirst());
      }
    }
    var name = String.join("/", rest);
    attachments
        .find("", exchange.method())
        .orElseThrow()
        .handler()
        .handle(exchange, store, id, name);
  }
}
