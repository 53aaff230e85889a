package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.certificate.CertificateEnd;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoreInfo;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.vitals.Beat;
import dev.jiggety.agent.vitals.Machine;
import dev.jiggety.agent.vitals.Neighbours;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.HubDocument;
import dev.jiggety.document.ManagerDocument;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.rules.Presence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says how the hub is, in each database of reports that it keeps, past its HTTP face, and watches
 * over the other parts by what they say there.
 */
final class HubHealth implements AutoCloseable {
  private static final String NAME = "hub";
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration REPORT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** What the name of a database of reports ends with, whatever its prefix. */
  private static final String STATUS = "status";

  private static final String DESIGN = "_design/jiggety";

  private final Databases databases;
  private final HubServer server;
  private final Path folder;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Neighbours neighbours = new Neighbours(this::amiss);
  private final List<Beat> beats = new ArrayList<>();
  private List<HubStatus.Database> known = List.of();
  private Instant knownAt = Instant.EPOCH;
  private Instant toldAt = Instant.EPOCH;

  HubHealth(Databases databases, HubServer server, Path folder, InstantSource clock) {
    this.databases = databases;
    this.server = server;
    this.folder = folder;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Begins. */
  void start() {
    beats.add(Beat.start("reporting this hub", TICK, this::tell));
    beats.add(Beat.start("watching over the other parts", LOOK, neighbours::look));
  }

  /** How it is now. */
  HubStatus status() {
    return new HubStatus(
        server.requests(),
        server.listeners(),
        server.refusedLogins(),
        sizes(),
        server.certificateEnds(),
        Machine.look(folder, notices()));
  }

  private List<String> notices() {
    return Stream.concat(server.certificateProblem().stream(), neighbours.notices().stream())
        .toList();
  }

  @Override
  public void close() {
    beats.forEach(Beat::close);
  }

  /** Once in a while; soon where there is a board at last. */
  void tell() {
    if (Duration.between(toldAt, clock.instant()).abs().compareTo(REPORT) < 0) {
      return;
    }
    List<DocumentStore> boards = boards();
    if (boards.isEmpty()) {
      return;
    }
    HubStatus status = status();
    JsonObject report =
        HubDocument.TYPE.write(
            new HubReport(
                NAME,
                Machine.version(),
                startedAt,
                clock.instant(),
                status.databases().size(),
                status.databases().stream().mapToLong(HubStatus.Database::bytes).sum(),
                status.feeds(),
                status.vitals(),
                status.refusedLogins(),
                server.access()));
    report.remove("_id");
    for (DocumentStore board : boards) {
      String id = HubDocument.TYPE.type() + ":" + NAME;
      Optional<StoredDocument> before = board.get(id).filter(it -> !it.deleted());
      board.put(id, report.deepCopy(), before.map(StoredDocument::rev));
    }
    toldAt = clock.instant();
  }

  /** Databases of reports that were made by us. */
  private List<DocumentStore> boards() {
    return databases.list().stream()
        .filter(name -> name.endsWith(STATUS))
        .flatMap(name -> databases.find(name).stream())
        .filter(store -> store.get(DESIGN).filter(it -> !it.deleted()).isPresent())
        .toList();
  }

  /** Asked for seldom: it wakes databases that rest. */
  private synchronized List<HubStatus.Database> sizes() {
    Instant now = clock.instant();
    if (Duration.between(knownAt, now).abs().compareTo(LOOK) >= 0) {
      known =
          databases.list().stream()
              .flatMap(name -> databases.find(name).stream())
              .flatMap(store -> size(store).stream())
              .toList();
      knownAt = now;
    }
    return known;
  }

  private static Optional<HubStatus.Database> size(DocumentStore store) {
    try {
      StoreInfo info = store.info();
      return Optional.of(new HubStatus.Database(store.name(), info.docCount(), info.fileBytes()));
    } catch (StoreException e) {
      return Optional.empty(); // deleted meanwhile
    }
  }

  private Map<String, String> amiss() {
    Map<String, String> amiss = new HashMap<>();
    server
        .certificateEnds()
        .flatMap(end -> CertificateEnd.inWords(end, clock.instant()))
        .ifPresent(ends -> amiss.put("the hub's certificate", "the hub's certificate " + ends));
    for (DocumentStore board : boards()) {
      amiss.putAll(
          Presence.amiss(
              all(board, NodeDocument.TYPE),
              all(board, ManagerDocument.TYPE),
              List.of(), // of its own disk it says so itself
              clock.instant()));
    }
    return amiss;
  }

  private static <T> List<T> all(DocumentStore board, DocumentType<T> type) {
    List<T> all = new ArrayList<>();
    String first = type.type() + ":";
    try (var rows = board.allDocs(AllDocsQuery.range(first, first + "\ufff0").withDocs())) {
      while (rows.hasNext()) {
        StoredDocument document = rows.next().document();
        if (document != null) {
          try {
            JsonObject json = document.body();
            json.addProperty("_id", document.id());
            all.add(type.read(json));
          } catch (DocumentException e) {
            // Written by a newer version, or by hand: whoever reads it says so.
          }
        }
      }
    }
    return all;
  }
}
