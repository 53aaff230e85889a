package dev.jiggety.agent.report;

import com.google.gson.JsonObject;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Check;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Summary;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.model.rules.report.Spans;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A hub that knows what a test of this room told it, and a shop whose history is worth a look. */
final class Samples implements HistoryRepository, IncidentRepository {
  static final Instant NOW = Instant.parse("2026-10-21T14:05:30Z");

  final List<TestDefinition> tests = new ArrayList<>();
  final List<Incident> incidents = new ArrayList<>();
  final List<Window> windows = new ArrayList<>();
  private final Map<String, Instant> since = new HashMap<>();
  private final Map<String, Instant> until = new HashMap<>();
  private final Map<String, Integer> millis = new HashMap<>();
  private int asked;
  boolean away;

  /** A test that ran each minute in a span. */
  TestDefinition test(
      String id, String name, Instant from, Instant to, int typical, String... tags) {
    TestDefinition test =
        TestDefinition.builder(
                id, Check.Http.get("https://" + id + ".internal.example/x?key=s3cret"))
            .name(name)
            .tags(List.of(tags))
            .build();
    tests.add(test);
    since.put(id, from);
    until.put(id, to);
    millis.put(id, typical);
    return test;
  }

  Incident incident(Incident.Kind kind, String test, String began, @Nullable String ended) {
    Instant begin = Instant.parse(began);
    Instant end = ended == null ? null : Instant.parse(ended);
    Incident incident =
        new Incident(
            "incident:" + began + ":" + test + ":" + incidents.size(),
            kind,
            test,
            begin,
            begin.plusSeconds(40),
            end,
            end,
            "node-7.secret.example says connection refused by 10.1.2.3",
            List.of(),
            null,
            null,
            List.of());
    incidents.add(incident);
    return incident;
  }

  /** How often it was asked for sums. */
  int asked() {
    return asked;
  }

  @Override
  public List<Row> summaries(Question question) {
    if (away) {
      throw new HubException(HubException.Kind.UNAVAILABLE, "the hub is away");
    }
    asked++;
    Duration step =
        switch (question.step()) {
          case MINUTE -> Duration.ofMinutes(1);
          case HOUR -> Duration.ofHours(1);
          case DAY, MONTH -> Duration.ofDays(1);
        };
    List<Row> rows = new ArrayList<>();
    Instant first =
        step.equals(Duration.ofDays(1))
            ? question.from().truncatedTo(ChronoUnit.DAYS)
            : question
                .from()
                .truncatedTo(
                    step.equals(Duration.ofHours(1)) ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
    for (Instant from = first; from.isBefore(question.to()); from = from.plus(step)) {
      for (String test : question.tests()) {
        Span span =
            Span.of(from, step)
                .overlap(new Span(since.get(test), until.get(test)))
                .orElse(Span.of(from, Duration.ZERO));
        Summary summary = runs(test, span);
        if (summary.count() > 0) {
          rows.add(new Row(from, test, null, summary));
        }
      }
    }
    return rows;
  }

  private Summary runs(String test, Span span) {
    long all = span.length().toMinutes();
    Spans down =
        Spans.of(
            incidents.stream()
                .filter(i -> i.subject().equals(test) && i.kind() == Incident.Kind.DOWN)
                .map(i -> new Span(i.began(), i.ended() == null ? NOW : i.ended()))
                .toList());
    long failed = down.within(span).length().toMinutes();
    int base = Histogram.bucket(Duration.ofMillis(millis.get(test)));
    long good = all - failed;
    Map<Integer, Long> counts = new HashMap<>();
    counts.put(base, good - good / 4 - good / 20);
    counts.put(base + 20, good / 4);
    counts.put(base + 70, good / 20);
    return new Summary(
        Map.of(Verdict.UP, good, Verdict.DOWN, failed),
        Map.of(),
        0,
        0,
        new Histogram(new TreeMap<>(counts)),
        Map.of(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO);
  }

  @Override
  public void points(
      String test, Set<String> nodes, Instant from, Instant to, Consumer<NodePoint> consumer) {}

  @Override
  public List<Stored<Incident>> open() {
    return incidents.stream().filter(Incident::isOpen).map(Samples::stored).toList();
  }

  @Override
  public List<Stored<Incident>> between(Instant from, Instant to) {
    return incidents.stream()
        .filter(i -> i.began().isBefore(to) && (i.ended() == null || i.ended().isAfter(from)))
        .map(Samples::stored)
        .toList();
  }

  private static Stored<Incident> stored(Incident incident) {
    return new Stored<>(incident, "1-0", new JsonObject());
  }

  @Override
  public Optional<Stored<Incident>> find(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Stored<Incident>> of(String subject, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<IncidentAct> acts(String incident) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void act(IncidentAct act) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Stored<Incident>> store(Incident incident, Optional<Stored<Incident>> before) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HubFeed.Subscription follow(Instant since, Listener listener) {
    throw new UnsupportedOperationException();
  }

  /** A window, open once. */
  void window(String name, String from, String to, Set<String> tags, Set<String> ids) {
    windows.add(
        new Window(
            "w" + windows.size(),
            name,
            true,
            new Window.Times.Once(Instant.parse(from), Instant.parse(to)),
            new TreeSet<>(tags),
            new TreeSet<>(ids)));
  }

  /** A shop: two groups, an outage that lasts, one that is over, maintenance, a gap. */
  static Samples shop() {
    Samples shop = new Samples();
    Instant long_ago = Instant.parse("2026-01-01T00:00:00Z");
    shop.test("shop-home", "Home page", long_ago, NOW, 120, "public", "shop");
    shop.test("shop-search", "Search", long_ago, NOW, 210, "public", "shop");
    shop.test("shop-checkout", "Checkout", long_ago, NOW, 340, "public", "shop");
    shop.test(
        "api-orders",
        "Orders API",
        Instant.parse("2026-08-20T09:00:00Z"),
        NOW,
        45,
        "public",
        "api");
    shop.test(
        "api-partner",
        "Partner API",
        long_ago,
        Instant.parse("2026-10-21T13:00:00Z"),
        80,
        "public",
        "api");
    shop.test("blog", "Blog", long_ago, NOW, 95, "public");
    shop.test("intranet", "Intranet wiki", long_ago, NOW, 95, "internal");
    shop.incident(Incident.Kind.DOWN, "shop-checkout", "2026-10-21T13:41:00Z", null);
    shop.incident(Incident.Kind.DEGRADED, "shop-search", "2026-10-21T13:20:00Z", null);
    shop.incident(Incident.Kind.NO_DATA, "api-partner", "2026-10-21T13:01:00Z", null);
    shop.incident(Incident.Kind.DOWN, "shop-home", "2026-10-14T02:10:00Z", "2026-10-14T02:48:00Z");
    shop.incident(
        Incident.Kind.DEGRADED, "shop-home", "2026-10-03T17:00:00Z", "2026-10-03T18:30:00Z");
    shop.incident(
        Incident.Kind.DOWN, "shop-checkout", "2026-09-12T07:00:00Z", "2026-09-12T13:25:00Z");
    shop.incident(Incident.Kind.DOWN, "api-orders", "2026-09-29T23:50:00Z", "2026-09-30T00:20:00Z");
    shop.incident(Incident.Kind.DEGRADED, "blog", "2026-08-11T10:00:00Z", "2026-08-11T22:00:00Z");
    shop.incident(Incident.Kind.CERTIFICATE, "blog", "2026-10-11T10:00:00Z", null);
    shop.window(
        "Move to the new data centre",
        "2026-10-23T22:00:00Z",
        "2026-10-24T02:00:00Z",
        Set.of("shop"),
        Set.of());
    shop.window(
        "Upgrade", "2026-09-04T00:00:00Z", "2026-09-05T00:00:00Z", Set.of(), Set.of("blog"));
    return shop;
  }

  Inventory inventory() {
    return new Inventory(tests, windows);
  }

  PublicReader reader(PublicChoice choice) {
    return new PublicReader(this, this, choice);
  }

  static final PublicChoice GROUPS =
      new PublicChoice(
          "public",
          List.of(new PublicChoice.Group("shop", "Shop"), new PublicChoice.Group("api", "APIs")),
          false);

  static final SiteOptions OPTIONS =
      new SiteOptions("Example Shop status", "https://status.example/", Duration.ofMinutes(1));

  /** The files of a page of what it knows. */
  List<SiteFile> files() {
    return new StatusPage(OPTIONS).files(reader(GROUPS).read(inventory(), NOW), NOW);
  }

  /** October, with a target. */
  SlaReport report() {
    return new SlaReader(this, this)
        .read(
            tests,
            windows,
            new Span(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z")),
            NOW,
            new BigDecimal("99.9"));
  }
}
