package dev.jiggety.model.rules.report;

import static dev.jiggety.model.rules.report.Facts.at;
import static dev.jiggety.model.rules.report.Facts.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.rules.report.PublicPicture.Service;
import dev.jiggety.model.rules.report.PublicPicture.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicPicturesTest {
  private static final Instant NOW = at(700);
  private static final List<Cell> FRESH = List.of(cell(698, 1, 3, 0, 100));

  @Test
  void goodRunsAndNoIncidentAreGood() {
    Service service = service(new Facts(), FRESH);

    assertThat(service.state()).isEqualTo(State.OPERATIONAL);
    assertThat(service.since()).isNull();
  }

  @Test
  void anIncidentDecidesTheWorstOfThem() {
    Facts facts = new Facts().open(Kind.DEGRADED, 600).open(Kind.DOWN, 650).open(Kind.DOWN, 660);

    assertThat(service(facts, FRESH).state()).isEqualTo(State.DOWN);
    assertThat(service(facts, FRESH).since()).isEqualTo(at(650));
    assertThat(service(new Facts().open(Kind.FLAPPING, 600), FRESH).state())
        .isEqualTo(State.UNSTABLE);
  }

  @Test
  void oldRunsAreNoData() {
    assertThat(service(new Facts(), List.of(cell(600, 1, 3, 0, 100))).state())
        .isEqualTo(State.NO_DATA);
    assertThat(service(new Facts(), List.of()).state()).isEqualTo(State.NO_DATA);
    assertThat(service(new Facts().open(Kind.NO_DATA, 690), FRESH).state())
        .isEqualTo(State.NO_DATA);
  }

  @Test
  void failingRunsWithoutAnIncidentAreNeitherGoodNorAnOutage() {
    assertThat(service(new Facts(), List.of(cell(698, 1, 1, 2, 100))).state())
        .isEqualTo(State.CHECKING);
    assertThat(service(new Facts(), List.of(cell(698, 1, 2, 1, 100))).state())
        .as("one node of three")
        .isEqualTo(State.OPERATIONAL);
  }

  @Test
  void whatFailedInAnOutageThatIsOverIsNoDoubtAnyMore() {
    Cell mixed = cell(698, 1, 1, 5, 100);
    Facts over = new Facts().incident(Kind.DOWN, at(690), at(699).minusSeconds(10), null);

    assertThat(service(over, List.of(mixed)).state()).isEqualTo(State.OPERATIONAL);
    assertThat(service(over, List.of(mixed, cell(699, 1, 0, 2, 100))).state())
        .as("it fails again")
        .isEqualTo(State.CHECKING);
    Facts longAgo = new Facts().incident(Kind.DOWN, at(600), at(610), null);
    assertThat(service(longAgo, List.of(mixed)).state()).isEqualTo(State.CHECKING);
    assertThat(service(longAgo, List.of()).state()).isEqualTo(State.NO_DATA);
  }

  @Test
  void maintenanceGoesBeforeAnOutageAndItsIncidentIsNotShown() {
    Facts facts = new Facts().window(640, 720).open(Kind.DOWN, 650);

    assertThat(service(facts, FRESH).state()).isEqualTo(State.MAINTENANCE);
    assertThat(service(facts, FRESH).since()).isEqualTo(at(640));
    assertThat(picture(facts, FRESH).incidents()).isEmpty();
    Suppression window = new Suppression(Suppression.Reason.MAINTENANCE, "upgrade");
    assertThat(service(new Facts().incident(Kind.DOWN, at(650), null, window), FRESH).state())
        .isEqualTo(State.MAINTENANCE);
  }

  @Test
  void onlyWhatTheSiteDidIsToldAndNothingOfHowItWasSeen() {
    PublicPicture picture =
        picture(
            new Facts()
                .incident(Kind.DOWN, 10, 20)
                .open(Kind.DEGRADED, 600)
                .open(Kind.CERTIFICATE, 10)
                .open(Kind.NODE, 10)
                .incident(Kind.NO_DATA, 100, 110),
            FRESH);

    assertThat(picture.incidents())
        .extracting(PublicPicture.Trouble::state)
        .containsExactly(State.DEGRADED, State.DOWN);
    assertThat(picture.toString()).doesNotContain("10.0.0.7").doesNotContain("incident:");
  }

  @Test
  void itHasAsManyDaysAsWereAskedForAndTheLastIsToday() {
    Service service = service(new Facts().incident(Kind.DOWN, 10, 20), FRESH);

    assertThat(service.days()).hasSize(30);
    assertThat(service.days().getLast().day()).hasToString("2026-10-01");
    assertThat(service.days().getLast().level()).isEqualTo(Day.Level.DOWN);
    assertThat(service.days().getFirst().level()).isEqualTo(Day.Level.UNKNOWN);
  }

  @Test
  void namesMakeAddressesThatAreNeitherPathsNorTheSameTwice() {
    PublicPicture picture =
        PublicPictures.of(
            NOW,
            3,
            List.of(
                source("a", "../../Größe & <b>", new Facts(), FRESH),
                source("b", "Groesse  b", new Facts(), FRESH),
                source("c", "große b", new Facts(), FRESH),
                source("d", "日本", new Facts(), FRESH),
                source("e", "x".repeat(300), new Facts(), FRESH)),
            List.of());

    assertThat(picture.services())
        .extracting(Service::slug)
        .doesNotHaveDuplicates()
        .allMatch(slug -> slug.matches("[a-z0-9][a-z0-9-]{0,50}"));
  }

  @Test
  void withoutTestsThereIsNoState() {
    PublicPicture picture = PublicPictures.of(NOW, 90, List.of(), List.of());

    assertThat(picture.state()).isEmpty();
    assertThat(picture.measured()).isNull();
  }

  private static PublicPicture picture(Facts facts, List<Cell> recent) {
    return PublicPictures.of(NOW, 30, List.of(source("shop", "Shop", facts, recent)), List.of());
  }

  private static Service service(Facts facts, List<Cell> recent) {
    return picture(facts, recent).services().getFirst();
  }

  private static PublicPictures.Source source(
      String id, String name, Facts facts, List<Cell> recent) {
    return new PublicPictures.Source(
        Facts.test(id, name), "All", facts.observed(Spans.of(Facts.DAY)).known(), recent, null);
  }
}
