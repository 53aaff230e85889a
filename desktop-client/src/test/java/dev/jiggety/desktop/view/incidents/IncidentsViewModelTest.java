package dev.jiggety.desktop.view.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.session.ActOutbox;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentsViewModelTest {
  private final Bench bench = new Bench();
  private final Incident down =
      Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(5));
  private Session session;
  private IncidentsViewModel model;
  private Pin pin;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    bench.hub.incidents().put(down);
    bench.hub.incidents().put(Incidents.open(Incident.Kind.NODE, "oslo-1", Duration.ofMinutes(1)));
    bench.hub.incidents().put(Incidents.over("login", Duration.ofHours(3), Duration.ofMinutes(2)));
    session = bench.session();
    model = new IncidentsViewModel(bench.desk, session);
    pin = model.activate();
    bench.settle();
  }

  @Test
  void whatLastsStandsFirstAndCanBeFiltered() {
    assertThat(subjects()).containsExactly("checkout", "oslo-1", "login");
    assertThat(model.rows().getFirst().state().name()).isEqualTo("Checkout");
    assertThat(model.summaryProperty().get()).startsWith("2 open · 2 that nobody looks after");
    model.aboutProperty().set(IncidentsViewModel.About.NODES);
    assertThat(subjects()).containsExactly("oslo-1");
    model.showAll();
    model.openOnlyProperty().set(true);
    assertThat(subjects()).containsExactly("checkout", "oslo-1");
    model.showAll();
    model.filterProperty().set("LOGIN");
    assertThat(subjects()).containsExactly("login");
  }

  @Test
  void olderOnesAreReadFromTheHubAndAFailureIsSaid() {
    bench.hub.incidents().put(Incidents.over("home", Duration.ofDays(20), Duration.ofMinutes(1)));
    bench.settle();
    assertThat(subjects()).doesNotContain("home");
    model.rangeProperty().set(IncidentsViewModel.Range.MONTH);
    assertThat(subjects()).contains("home");
    bench.hub.goAway();
    model.rangeProperty().set(IncidentsViewModel.Range.YEAR);
    assertThat(model.problemProperty().get()).contains("connection refused");
    assertThat(subjects()).as("what is known stays").contains("checkout");
  }

  @Test
  void whatIsSaidIsOnTheHubAtOnceAndCounts() {
    model.choose(down.id());
    model.incident().wordsProperty().set("I call the host");
    model.incident().acknowledge();
    bench.settle();
    assertThat(bench.hub.incidents().said())
        .singleElement()
        .satisfies(act -> {
          assertThat(act.act()).isEqualTo(IncidentAct.Act.ACKNOWLEDGE);
          assertThat(act.by()).isEqualTo("ada");
          assertThat(act.text()).isEqualTo("I call the host");
        });
    assertThat(story().by()).isEqualTo("ada");
    assertThat(model.incident().wordsProperty().get()).isEmpty();
    assertThat(story().moments()).last().matches(it -> !it.taken(), "no manager has taken it up");
    model.incident().acknowledge();
    bench.settle();
    assertThat(story().by()).as("given up again").isNull();
  }

  @Test
  void whatIsSaidWhileTheHubIsAwayWaitsAndIsSentInOrder() {
    model.choose(down.id());
    bench.hub.goAway();
    bench.settle();
    model.incident().acknowledge();
    model.incident().wordsProperty().set("it was the cable");
    model.incident().comment();
    assertThat(bench.hub.incidents().said()).isEmpty();
    assertThat(story().by()).as("counts here at once").isEqualTo("ada");
    assertThat(story().moments().stream().filter(it -> it.waiting() != null)).hasSize(2);
    assertThat(model.rows().getFirst().state().waiting()).isEqualTo(2);
    bench.hub.comeBack();
    bench.settle();
    assertThat(bench.hub.incidents().said())
        .extracting(IncidentAct::act)
        .containsExactly(IncidentAct.Act.ACKNOWLEDGE, IncidentAct.Act.COMMENT);
    assertThat(session.incidentDesk().waiting()).isEmpty();
    assertThat(story().moments()).noneMatch(it -> it.waiting() != null);
  }

  @Test
  void whatWasNotSentIsThereAfterARestart() {
    AtomicReference<List<IncidentAct>> kept = new AtomicReference<>(List.of());
    bench.outbox =
        new ActOutbox() {
          @Override
          public List<IncidentAct> read() {
            return kept.get();
          }

          @Override
          public void write(List<IncidentAct> acts) {
            kept.set(acts);
          }
        };
    Session first = bench.session();
    bench.hub.goAway();
    first.incidentDesk().say(down.id(), IncidentAct.Act.COMMENT, "kept");
    first.close();
    assertThat(kept.get()).hasSize(1);
    bench.hub.comeBack();
    bench.session();
    bench.settle();
    assertThat(bench.hub.incidents().said()).extracting(IncidentAct::text).containsExactly("kept");
    assertThat(kept.get()).isEmpty();
  }

  @Test
  void saysWhoWasToldAndWhoWasNotAndWhy() {
    bench.hub.notices().put(notice("pager", Notice.State.SENT, "accepted"));
    bench.hub.notices().put(notice("mail", Notice.State.WITHHELD, "ada looks after it"));
    model.choose(down.id());
    bench.settle();
    String why = String.join("\n", story().why());
    assertThat(why)
        .contains("2 nodes said so (berlin-1, dublin-1) against 1 that saw it up (oslo-1).")
        .contains("pager was told")
        .contains("mail was not told, by the policy shop: ada looks after it.");
    assertThat(story().moments()).extracting(Moment::event).contains("told", "withheld");
  }

  @Test
  void saysThatThereIsNoPolicyWhereNobodyIsTold() {
    model.choose(down.id());
    bench.settle();
    assertThat(story().why()).anyMatch(it -> it.contains("There is no policy at all"));
  }

  @Test
  void aMaintenanceWindowOfItsTestGoesIntoTheBasket() {
    model.choose(down.id());
    model.incident().maintain(Duration.ofHours(2));
    var entry = session.basket().state().entries().getFirst();
    assertThat(entry.target()).startsWith("window:checkout-");
    assertThat(entry.problems()).isEmpty();
    assertThat(String.valueOf(entry.wanted())).contains("\"tests\":[\"checkout\"]");
    assertThat(bench.baskets).isEqualTo(1);
  }

  @Test
  void mutingIsAskedAboutFirst() {
    model.choose(down.id());
    model.incident().mute();
    assertThat(bench.hub.incidents().said()).isEmpty();
    bench.pending.run();
    bench.settle();
    assertThat(story().muted()).isTrue();
  }

  @Test
  void whatIsTypedOfOneIncidentIsThereAgainAfterALookAtAnother() {
    model.choose(down.id());
    model.incident().wordsProperty().set("half a senten");
    model.choose(model.rows().get(1).state().incident().id());
    assertThat(model.incident().wordsProperty().get()).as("of the other").isEmpty();
    model.choose(down.id());
    assertThat(model.incident().wordsProperty().get()).isEqualTo("half a senten");
    model.incident().comment();
    model.choose(model.rows().get(1).state().incident().id());
    model.choose(down.id());
    assertThat(model.incident().wordsProperty().get()).as("it was said").isEmpty();
  }

  @Test
  void theAnswerToAQuestionIsAboutTheIncidentThatItWasAskedOf() {
    model.choose(down.id());
    model.incident().mute();
    model.choose(model.rows().get(1).state().incident().id());
    bench.pending.run();
    assertThat(bench.hub.incidents().said())
        .singleElement()
        .satisfies(act -> assertThat(act.incident()).isEqualTo(down.id()));
  }

  @Test
  void evidenceThatCouldNotBeReadIsReadWhenTheHubIsBack() {
    bench.hub.goAway();
    bench.settle();
    model.choose(down.id());
    assertThat(model.incident().evidenceTextProperty().get()).contains("connection refused");
    bench.hub.comeBack();
    bench.settle();
    assertThat(model.incident().evidenceTextProperty().get()).doesNotContain("connection refused");
  }

  @Test
  void closedItHearsNothingMore() {
    pin.close();
    bench.hub.incidents().put(Incidents.ended(down, bench.clock.instant()));
    bench.settle();
    assertThat(model.rows().getFirst().state().incident().isOpen()).isTrue();
  }

  private Notice notice(String channel, Notice.State state, String text) {
    Instant at = down.detected();
    return new Notice(
        "notice:" + channel,
        "shop",
        channel,
        Notice.Reason.OPENED,
        at,
        List.of(new Notice.Item(down.id(), down.kind(), Notice.Reason.OPENED, 0, 0)),
        state,
        text,
        "",
        1,
        null,
        at,
        state == Notice.State.SENT ? at.plusSeconds(1) : null,
        1);
  }

  private IncidentViewModel.Story story() {
    return model.incident().storyProperty().get();
  }

  private List<String> subjects() {
    return model.rows().stream().map(row -> row.state().incident().subject()).toList();
  }
}
