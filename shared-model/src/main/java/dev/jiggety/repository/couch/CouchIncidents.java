package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ViewRange;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.IncidentActDocument;
import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Incidents in their database. */
final class CouchIncidents implements IncidentRepository {
  private static final Logger LOG = System.getLogger(CouchIncidents.class.getName());

  private final Hub hub;
  private final DatabaseNames names;
  private final HubDatabase database;

  CouchIncidents(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
    this.database = hub.database(names.incidents());
  }

  @Override
  public List<Stored<Incident>> open() {
    return collected(Incident::isOpen, "read the open incidents", to -> open(database, to));
  }

  @Override
  public List<Stored<Incident>> between(Instant from, Instant to) {
    return collected(
        it -> it.began().isBefore(to) && lasts(it, from),
        "read the incidents",
        consumer -> since(database, from, to, consumer));
  }

  private static boolean lasts(Incident incident, Instant at) {
    Instant ended = incident.ended();
    return ended == null || !ended.isBefore(at);
  }

  @Override
  public List<Stored<Incident>> of(String subject, int most) {
    JsonArray from = new JsonArray();
    from.add(subject);
    JsonArray to = from.deepCopy();
    to.add(new JsonObject()); // sorts behind every number
    ViewRange range = ViewRange.between(view(DesignDocuments.SUBJECT), from, to);
    List<Stored<Incident>> found =
        collected(
            it -> it.subject().equals(subject),
            "read the incidents of " + subject,
            consumer -> rows(database, range.backwards().limitedTo(most), consumer));
    return found.reversed().stream().limit(most).toList();
  }

  @Override
  public Optional<Stored<Incident>> find(String id) {
    return Answers.find(database, Ids.incident(id), "read the incident " + id)
        .map(document -> stored(document, Answers.read(IncidentDocument.TYPE, document, database)));
  }

  @Override
  public List<IncidentAct> acts(String incident) {
    List<IncidentAct> acts = new ArrayList<>();
    Outcome<Integer> read =
        acts(database, IdRange.startingWith(Ids.act(incident, "")), act -> acts.add(act));
    Answers.value(read, database, "read what was said of the incident " + incident);
    acts.sort(Comparator.comparing(IncidentAct::at).thenComparing(IncidentAct::id));
    return List.copyOf(acts);
  }

  @Override
  public void act(IncidentAct act) {
    String what = act.act().label() + " the incident " + act.incident();
    if (!Once.put(database, IncidentActDocument.TYPE.write(act), what)) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "cannot %s: the hub %s has another act of that id; take another id"
              .formatted(what, hub.address()));
    }
  }

  @Override
  public Optional<Stored<Incident>> store(Incident incident, Optional<Stored<Incident>> before) {
    String what = "store the incident " + incident.id();
    JsonObject document =
        before
            .map(old -> IncidentDocument.TYPE.write(incident, old.raw()))
            .orElseGet(() -> IncidentDocument.TYPE.write(incident));
    before.ifPresent(old -> document.addProperty("_rev", old.rev()));
    return Swap.put(database, incident, document, what);
  }

  private static String revision(JsonObject document) {
    return document.get("_rev").getAsString();
  }

  @Override
  public HubFeed.Subscription follow(Instant since, Listener listener) {
    var delivery = new Delivery<>(hub.address(), listener, Listener::connection, 1);
    var subject =
        new FeedPart.Subject(
            "incidents",
            names::incidents,
            new IncidentSink(since, delivery),
            Duration.ZERO,
            ChangesFilter.ofTypes(IncidentDocument.TYPE.type(), IncidentActDocument.TYPE.type()),
            true);
    return FeedPart.follow(hub, delivery, subject);
  }

  /** Those that last; perhaps others too. */
  static Outcome<Integer> open(HubDatabase incidents, Consumer<JsonObject> consumer) {
    return rows(incidents, ViewRange.all(view(DesignDocuments.OPEN_INCIDENTS)), consumer);
  }

  /** Those that began before {@code to} and reach beyond {@code from}; perhaps others, or twice. */
  static Outcome<Integer> since(
      HubDatabase incidents, Instant from, Instant to, Consumer<JsonObject> consumer) {
    JsonElement end = new JsonPrimitive(from.toEpochMilli());
    IdRange began = IdRange.between(Ids.incidentsFrom(from), Ids.incidentsFrom(to));
    ViewRange ended =
        ViewRange.between(view(DesignDocuments.ENDED), end, new JsonPrimitive(Long.MAX_VALUE));
    return open(incidents, consumer)
        .then(count -> rows(incidents, ended, consumer))
        .then(count -> incidents.eachRow(began, row -> hand(row.document(), consumer)));
  }

  /** What was said, of a range of ids. */
  static Outcome<Integer> acts(
      HubDatabase incidents, IdRange range, Consumer<IncidentAct> consumer) {
    return incidents.eachRow(
        range,
        row -> {
          JsonObject document = row.document();
          if (document != null) {
            understood(document, () -> IncidentActDocument.TYPE.read(document)).ifPresent(consumer);
          }
        });
  }

  /** A value, unless the document cannot be understood, which is logged. */
  static <T> Optional<T> understood(JsonObject document, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (DocumentException e) {
      LOG.log(Level.WARNING, "left out {0}: {1}", document.get("_id"), e.getMessage());
      return Optional.empty();
    }
  }

  static Stored<Incident> stored(JsonObject document, Incident incident) {
    return new Stored<>(incident, revision(document), document);
  }

  private List<Stored<Incident>> collected(
      Predicate<Incident> wanted,
      String what,
      Function<Consumer<JsonObject>, Outcome<Integer>> reading) {
    Map<String, Stored<Incident>> found = new TreeMap<>(); // ids begin with the time
    Outcome<Integer> read =
        reading.apply(document ->
            understood(document, () -> IncidentDocument.TYPE.read(document))
                .filter(wanted)
                .ifPresent(it -> found.put(it.id(), stored(document, it))));
    Answers.value(read, database, what);
    return List.copyOf(found.values());
  }

  private static void hand(@Nullable JsonObject document, Consumer<JsonObject> consumer) {
    if (document != null) {
      consumer.accept(document);
    }
  }

  /** By a view, or where the hub has no such view all there are. */
  private static Outcome<Integer> rows(
      HubDatabase incidents, ViewRange range, Consumer<JsonObject> consumer) {
    Outcome<Integer> rows = incidents.views().eachDocument(range, consumer);
    return rows instanceof Outcome.Missing<Integer>
        ? incidents.eachRow(
            IdRange.startingWith(Ids.incident("")), row -> hand(row.document(), consumer))
        : rows;
  }

  private static String view(String name) {
    return DesignDocuments.NAME + "/" + name;
  }
}
