package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of incidents, for each server that can be a hub. */
public abstract class IncidentRepositoryContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final DatabaseNames names =
      new DatabaseNames("i" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub hub;
  private IncidentRepository incidents;

  /** Where the server is that is tested; everybody may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(NOON);
    incidents = new CouchRepositories(hub, names).incidents();
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOON, NOON.plus(Duration.ofDays(7)))) {
      hub.database(name).drop();
    }
    for (String name :
        List.of(names.config(), names.status(), names.patches(), names.incidents())) {
      hub.database(name).drop();
    }
    hub.close();
  }

  @Test
  void anIncidentIsFoundAsItWasStored() {
    Incident incident = incident("shop", 0, null);
    assertThat(incidents.find(incident.id())).isEmpty();

    Stored<Incident> stored = store(incident);

    assertThat(stored.value()).isEqualTo(incident);
    assertThat(incidents.find(incident.id())).map(Stored::value).contains(incident);
    assertThat(incidents.find(incident.id())).map(Stored::rev).contains(stored.rev());
  }

  @Test
  void storingTheSameAgainChangesNothingAndAnotherOneIsNotLost() {
    Incident incident = incident("shop", 0, null);
    Stored<Incident> first = store(incident);
    assertThat(incidents.store(incident, Optional.empty())).map(Stored::rev).contains(first.rev());

    Incident over = incident("shop", 0, 60);
    Stored<Incident> second = incidents.store(over, Optional.of(first)).orElseThrow();
    assertThat(incidents.store(over, Optional.of(first))).map(Stored::rev).contains(second.rev());
    Incident other = incident("shop", 0, 90);
    assertThat(incidents.store(other, Optional.of(first))).isEmpty();
    assertThat(incidents.store(other, Optional.empty())).isEmpty();
    assertThat(incidents.find(over.id())).map(Stored::value).contains(over);
  }

  @Test
  void whatThisProgramDoesNotKnowStays() {
    Incident incident = incident("shop", 0, null);
    store(incident);
    JsonObject document =
        hub.database(names.incidents()).get(Ids.incident(incident.id())).ok().orElseThrow();
    document.addProperty("mood", "bad");
    assertThat(hub.database(names.incidents()).put(document)).matches(Outcome::isOk);

    Optional<Stored<Incident>> found = incidents.find(incident.id());
    assertThat(incidents.store(incident("shop", 0, 60), found)).isPresent();

    document = hub.database(names.incidents()).get(Ids.incident(incident.id())).ok().orElseThrow();
    assertThat(document.get("mood").getAsString()).isEqualTo("bad");
    assertThat(document.has("ended")).isTrue();
  }

  @Test
  void openOnesAndThoseOfASpanAndOfASubjectAreFound() {
    Incident older = incident("shop", -7200, -3600);
    Incident into = incident("shop", -600, 60);
    Incident within = incident("search", 60, 120);
    Incident open = incident("search", -86_400, null);
    Incident later = incident("shop", 3600, null);
    List.of(later, within, open, into, older).forEach(this::store);

    assertThat(incidents.open()).extracting(Stored::value).containsExactly(open, later);
    assertThat(incidents.between(NOON, NOON.plusSeconds(600)))
        .extracting(Stored::value)
        .containsExactly(open, into, within);
    assertThat(incidents.between(NOON.plusSeconds(61), NOON.plusSeconds(600)))
        .extracting(Stored::value)
        .containsExactly(open, within);
    assertThat(incidents.of("shop", 2)).extracting(Stored::value).containsExactly(later, into);
    assertThat(incidents.of("sho", 2)).isEmpty();
  }

  @Test
  void whatIsSaidIsSaidOnce() {
    Incident incident = incident("shop", 0, null);
    IncidentAct first = act(incident, "a1", Act.ACKNOWLEDGE, "I look after it", 5);
    IncidentAct second = act(incident, "a0", Act.COMMENT, "it is the cable", 9);
    incidents.act(second);
    incidents.act(first);
    incidents.act(first);
    incidents.act(act(incident("shop2", 0, null), "a1", Act.MUTE, "", 5));

    assertThat(incidents.acts(incident.id())).containsExactly(first, second);
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> incidents.act(act(incident, "a1", Act.MUTE, "", 5)))
        .withMessageContaining("another act of that id");
  }

  @Test
  void whoFollowsHearsWhatThereIsAndThenEveryChange() {
    Incident old = incident("shop", -7200, -3600);
    Incident lasting = incident("search", -86_400, null);
    Incident recent = incident("shop", 0, 60);
    List.of(old, lasting, recent).forEach(this::store);
    IncidentAct ofOld = act(old, "a1", Act.COMMENT, "", -5000);
    IncidentAct ofLasting = act(lasting, "a2", Act.ACKNOWLEDGE, "", -80_000);
    IncidentAct ofRecent = act(recent, "a3", Act.MUTE, "", 5);
    List.of(ofOld, ofLasting, ofRecent).forEach(incidents::act);
    Told told = new Told();
    try (HubFeed.Subscription following = incidents.follow(NOON.minusSeconds(60), told)) {
      assertThat(following).isNotNull();
      await().until(() -> told.connections.contains(new HubFeed.Connection.Connected()));
      assertThat(told.incidents).contains(lasting, recent).doesNotContain(old);
      assertThat(told.acts).contains(ofLasting, ofRecent).doesNotContain(ofOld);

      Stored<Incident> found = incidents.find(lasting.id()).orElseThrow();
      Incident over = incident("search", -86_400, 100);
      assertThat(incidents.store(over, Optional.of(found))).isPresent();
      IncidentAct said = act(lasting, "a4", Act.COMMENT, "over at last", 101);
      incidents.act(said);

      await().until(() -> told.incidents.contains(over) && told.acts.contains(said));
    }
  }

  @Test
  void withoutADatabaseTheRemedyIsNamed() {
    var strange = new CouchRepositories(hub, new DatabaseNames("nobody-")).incidents();
    for (Runnable call :
        List.<Runnable>of(
            strange::open,
            () -> strange.between(NOON, NOON),
            () -> strange.of("shop", 1),
            () -> strange.find("x"),
            () -> strange.acts("x"),
            () -> strange.store(incident("shop", 0, null), Optional.empty()),
            () -> strange.act(act(incident("shop", 0, null), "a1", Act.MUTE, "", 5)))) {
      assertThatExceptionOfType(HubException.class)
          .isThrownBy(call::run)
          .withMessageContaining("jiggety provision")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(HubException.Kind.MISSING));
    }
  }

  private Stored<Incident> store(Incident incident) {
    return incidents.store(incident, Optional.empty()).orElseThrow();
  }

  private static Incident incident(String test, int began, @Nullable Integer ended) {
    Instant from = NOON.plusSeconds(began);
    Instant to = ended == null ? null : NOON.plusSeconds(ended);
    return new Incident(
        Ids.incidentId(from, "test", test),
        Kind.DOWN,
        test,
        from,
        from.plusSeconds(10),
        to,
        to,
        "down: 2 of 3 nodes",
        List.of(),
        null,
        null,
        List.of(new Incident.Entry(from, "opened", "manager:m1", "down: 2 of 3 nodes")),
        1);
  }

  private static IncidentAct act(Incident incident, String id, Act act, String text, int at) {
    return new IncidentAct(id, incident.id(), act, "ada", text, NOON.plusSeconds(at));
  }

  /** Remembers what was told. */
  static final class Told implements IncidentRepository.Listener {
    final List<Incident> incidents = new CopyOnWriteArrayList<>();
    final List<IncidentAct> acts = new CopyOnWriteArrayList<>();
    final List<HubFeed.Connection> connections = new CopyOnWriteArrayList<>();

    @Override
    public void incident(Stored<Incident> incident) {
      incidents.add(incident.value());
    }

    @Override
    public void act(IncidentAct act) {
      acts.add(act);
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      connections.add(connection);
    }
  }
}
