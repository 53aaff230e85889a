package dev.jiggety.agent.bench.site;

import com.google.gson.JsonObject;
import dev.jiggety.agent.bench.Installed;
import dev.jiggety.agent.bench.history.HistoryBench;
import dev.jiggety.agent.bench.history.HistoryFiller;
import dev.jiggety.agent.bench.history.NoisySite;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Check;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An embedded hub with tests {@code test-0}, {@code test-1} … once a minute on nodes {@code node-0}
 * …, each with a last run; {@code test-0} has run for {@code days}. Nothing is tested: what comes
 * is drawn by chance, as fast as is asked for. For one thread.
 */
public final class BenchSite implements AutoCloseable {
  private static final int AT_ONCE = 500;
  private static final Duration FLUSH = Duration.ofMillis(100);
  private static final String STREAM = "site";

  private final EmbeddedHub embedded;
  private final Hub hub;
  private final Scale scale;
  private final List<NoisySite> sites = new ArrayList<>();
  private final Instant begun = Instant.now();
  private int nextTest;
  private long seq;

  /**
   * How much of it.
   *
   * @param days how far back the results of the first test reach; 0 for no past
   */
  public record Scale(int tests, int nodes, int days) {}

  private BenchSite(Path folder, Scale scale) {
    this.scale = scale;
    this.embedded = EmbeddedHub.start(HubConfig.loopback(0, folder));
    this.hub =
        Hub.open(HubAddress.parse(embedded.url().toString(), Optional.empty()), HubOptions.DEFAULT);
  }

  /** Starts and fills it. */
  public static BenchSite start(Path folder, Scale scale) {
    BenchSite site = new BenchSite(folder, scale);
    try {
      site.fill();
      return site;
    } catch (RuntimeException e) {
      site.close();
      throw e;
    }
  }

  /** Where the hub is. */
  public URI url() {
    return embedded.url();
  }

  /**
   * Lets results come in for as long as asked, spread over all tests and nodes.
   *
   * @param perSecond runs a second; each is news of a test on a node
   * @return how many came a second
   */
  public double pour(int perSecond, Duration length) throws InterruptedException {
    long began = System.nanoTime();
    long due = began;
    long end = began + length.toNanos();
    long sent = 0;
    while (due < end) {
      due += FLUSH.toNanos();
      int most = (int) (perSecond * (due - began) / 1_000_000_000L - sent);
      store(List.of(document(batch(most))));
      sent += most;
      long left = due - System.nanoTime();
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    }
    return sent * 1e9 / (double) (System.nanoTime() - began);
  }

  @Override
  public void close() {
    hub.close();
    embedded.close();
  }

  private void fill() {
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(begun);
    Installed.put(hub, DatabaseNames.DEFAULT, tests());
    NodeRepository nodes = new CouchRepositories(hub, DatabaseNames.DEFAULT).nodes();
    for (int node = 0; node < scale.nodes(); node++) {
      nodes.report(status("node-" + node));
    }
    if (scale.days() > 0) {
      HistoryFiller past =
          new HistoryFiller(
              hub,
              DatabaseNames.DEFAULT,
              new HistoryBench.Scale(1, scale.nodes(), scale.days()),
              begun.truncatedTo(ChronoUnit.HOURS),
              _ -> {});
      past.provision();
      past.fill();
    }
    for (int test = 0; test < scale.tests(); test++) {
      sites.add(new NoisySite("test-" + test, "node"));
    }
    List<JsonObject> last = new ArrayList<>();
    for (int left = scale.tests() * scale.nodes(); left > 0; left -= AT_ONCE) {
      last.add(document(batch(Math.min(AT_ONCE, left))));
    }
    store(last);
  }

  private List<TestDefinition> tests() {
    return IntStream.range(0, scale.tests())
        .mapToObj(i ->
            TestDefinition.builder("test-" + i, Check.Http.get("http://127.0.0.1:1/page/" + i))
                .name("Page " + i + " of the " + SHOPS.get(i % SHOPS.size()))
                .tags(List.of(SHOPS.get(i % SHOPS.size()), i % 3 == 0 ? "vital" : "usual"))
                .schedule(new Schedule.Every(Duration.ofMinutes(1)))
                .build())
        .toList();
  }

  private static final List<String> SHOPS =
      List.of("bakery", "bookshop", "chemist", "florist", "grocer", "ironmonger", "tailor");

  private static NodeStatus status(String name) {
    Instant now = Instant.now();
    return new NodeStatus(
        name, new TreeSet<>(List.of("bench")), "bench", now, now, 0, 0, 0, null, null, now, null);
  }

  /** The next runs: test after test on one node, then on the next one. */
  private Batch batch(int runs) {
    Instant now = Instant.now();
    String node = "node-" + (nextTest / scale.tests() % scale.nodes());
    List<Run> all = new ArrayList<>(runs);
    for (int i = 0; i < runs; i++) {
      Run run = sites.get(nextTest++ % scale.tests()).run(now);
      all.add(
          new Run(
              run.testId(), node, now, run.lateness(), run.samples(), List.of(), run.verdict()));
    }
    return new Batch(node, STREAM, ++seq, now, all, List.of());
  }

  private static JsonObject document(Batch batch) {
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    return document;
  }

  private void store(List<JsonObject> batches) {
    HubDatabase live = hub.database(DatabaseNames.DEFAULT.live(Instant.now()));
    Outcome<?> stored = live.bulkDocs(batches, false);
    if (!stored.isOk()) {
      throw new IllegalStateException("the hub did not take results: " + stored.inWords());
    }
  }
}
