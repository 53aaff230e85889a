package dev.jiggety.agent.hub;

import dev.jiggety.agent.replication.job.ReplicationJobs;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.mango.Finder;
import dev.jiggety.agent.store.mango.IndexCatalog;
import dev.jiggety.agent.store.script.Scripts;
import dev.jiggety.agent.store.view.DesignDocuments;
import dev.jiggety.agent.store.view.ViewIndexes;
import dev.jiggety.model.AccessEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * What there is behind the sockets: who answers which request, and who works without being asked.
 */
final class HubParts implements AutoCloseable {
  private final HubConfig config;
  private final Databases databases;
  private final Rights rights = new Rights();
  private final Partitions partitions = new Partitions();
  private final Uuids uuids = new Uuids();
  private final IndexCatalog catalog = new IndexCatalog(partitions::has);
  private final Feeds feeds;
  private final DatabaseUpdates updates;
  private final Scripts scripts;
  private final DesignDocuments designs;
  private final ViewIndexes indexes;
  private final ChangesFilters filters;
  private final UserDocuments users;
  private final Writes writes;
  private final ReplicationJobs jobs;
  private final ReplicatorDatabase replicator;
  private final ViewRoutes views;
  private final RequestCounts requests = new RequestCounts();
  private final AccessLog log;
  private final Authenticator authenticator;
  private final Router router;

  HubParts(HubConfig config, Databases databases, AdminFile admin) {
    this.config = config;
    this.databases = databases;
    var limits = config.limits();
    feeds = new Feeds(Duration.ofMillis(limits.idleMillis()));
    updates = new DatabaseUpdates(databases);
    scripts = Scripts.open(Scripts.Limits.DEFAULT);
    designs = new DesignDocuments(scripts, partitions::has);
    indexes = ViewIndexes.open(databases);
    filters = new ChangesFilters(scripts, rights);
    log = new AccessLog(config.folder(), config.clock());
    users = new UserDocuments(databases, limits.passwordIterations());
    var validation = new Validation(rights, scripts::validate);
    writes = new Writes(rights, users, uuids, limits, validation, designs, partitions, log);
    jobs =
        new ReplicationJobs(
            new HubConnector(databases, rights, writes, filters, config.trust(), log),
            databases.serverUuid(),
            config.clock(),
            new SecureRandom());
    replicator = new ReplicatorDatabase(databases, jobs, config.clock());
    views = new ViewRoutes(designs, catalog, indexes);
    authenticator =
        new Authenticator(admin, users, config.clock(), limits.passwordIterations(), log);
    router = route();
  }

  private Router route() {
    var limits = config.limits();
    var database = new DatabaseRoutes(databases, rights, partitions, log);
    var uploads = new Uploads(config.folder().resolve("uploads"), limits.attachmentBytes());
    var made = new Router(databases, authenticator, rights, partitions);
    made.register(
        new ServerRoutes(databases, uuids, database, partitions, log),
        new SessionRoutes(authenticator));
    made.register(
        database, new BulkRoutes(writes), new AllDocsRoutes(), new ChangesRoutes(feeds, filters));
    made.register(
        new DocumentRoutes(writes, new RelatedBody(uploads, limits)),
        new LocalRoutes(limits),
        new AttachmentRoutes(writes, uploads));
    made.register(new UpdatesRoutes(updates, Duration.ofMillis(limits.idleMillis())));
    made.register(views);
    var requests = new RenderRequest(rights, database, uuids, limits.documentBytes());
    made.register(new RenderRoutes(scripts, requests, views, writes));
    made.register(
        new FindRoutes(new Finder(catalog, indexes, System::nanoTime), partitions),
        new IndexRoutes(catalog, writes, partitions));
    made.register(new ReplicateRoutes(jobs, replicator));
    return made;
  }

  /** Who answers. */
  Router router() {
    return router;
  }

  /** What was asked for so far. */
  RequestCounts requests() {
    return requests;
  }

  /** Wrong names and passwords so far. */
  long refusedLogins() {
    return authenticator.refused();
  }

  /** The last things that concern who may do what. */
  List<AccessEvent> access() {
    return log.last();
  }

  /** How many clients listen to changes right now. */
  int listeners() {
    return feeds.listeners();
  }

  /** Deletes the indexes of a database whose design documents are gone. */
  void cleanUpViews(DocumentStore store) {
    views.cleanUp(store);
  }

  /** Begins what nobody has to ask for; the server answers by now. */
  void start() {
    replicator.start();
  }

  /** Ends what would keep connections open; the server still answers. */
  void endWork() {
    feeds.close();
    updates.close();
    replicator.close();
    jobs.close();
  }

  /**
   * After the server. An update of an index ends after its batch, and needs functions until then.
   */
  @Override
  public void close() {
    indexes.close();
    scripts.close();
  }
}
