package dev.jiggety.model.rules.report;

import static dev.jiggety.model.rules.report.Facts.DAY;
import static dev.jiggety.model.rules.report.Facts.LATER;
import static dev.jiggety.model.rules.report.Facts.at;
import static dev.jiggety.model.rules.report.Facts.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TimelineTest {
  @Test
  void anOutageTakesItsTimeFromTheDay() {
    TimeShare share = share(new Facts().incident(Kind.DOWN, 60, 90));

    assertThat(share.down()).isEqualTo(Duration.ofMinutes(30));
    assertThat(share.up()).isEqualTo(Duration.ofMinutes(1410));
    assertThat(share.availability().orElseThrow()).isCloseTo(1410 / 1440.0, within(1e-9));
  }

  @Test
  void outagesThatOverlapAreNotCountedTwice() {
    assertThat(share(new Facts().incident(Kind.DOWN, 60, 90).incident(Kind.DOWN, 80, 100)).down())
        .isEqualTo(Duration.ofMinutes(40));
  }

  @Test
  void maintenanceIsTakenOutOfAllElse() {
    TimeShare share =
        share(new Facts().incident(Kind.DOWN, 60, 90).window(50, 80).open(Kind.NO_DATA, 1400));

    assertThat(share.maintenance()).isEqualTo(Duration.ofMinutes(30));
    assertThat(share.down()).isEqualTo(Duration.ofMinutes(10));
    assertThat(share.unknown()).isEqualTo(Duration.ofMinutes(40));
  }

  @Test
  void aWindowThatIsGoneFromTheConfigurationLivesOnInWhatItSuppressed() {
    Suppression window = new Suppression(Suppression.Reason.MAINTENANCE, "upgrade");
    TimeShare share = share(new Facts().incident(Kind.DOWN, at(60), at(90), window));

    assertThat(share.maintenance()).isEqualTo(Duration.ofMinutes(30));
    assertThat(share.down()).isZero();
  }

  @Test
  void whatNobodySawIsNotUp() {
    TimeShare share = share(new Facts().observed(Spans.of(span(0, 720))));

    assertThat(share.unknown()).isEqualTo(Duration.ofHours(12));
    assertThat(share.availability()).hasValue(1);
    assertThat(share.coverage()).hasValue(0.5);
    assertThat(share(new Facts().observed(Spans.NONE)).availability())
        .as("of nothing no availability is told")
        .isEmpty();
  }

  @Test
  void whoWasDownIsDownUntilSomebodyHasSeenItUp() {
    TimeShare share =
        share(
            new Facts()
                .incident(Kind.DOWN, 60, 120)
                .incident(Kind.NO_DATA, 90, 150)
                .observed(Spans.of(List.of(span(0, 90), span(150, 1440)))));

    assertThat(share.down()).isEqualTo(Duration.ofMinutes(60));
    assertThat(share.unknown()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void slownessIsAvailable() {
    TimeShare share = share(new Facts().incident(Kind.DEGRADED, 60, 90));

    assertThat(share.degraded()).isEqualTo(Duration.ofMinutes(30));
    assertThat(share.availability()).hasValue(1);
  }

  @Test
  void ofAFlappingTestThosePartsAreDownInWhichItFailed() {
    TimeShare share =
        share(new Facts().incident(Kind.FLAPPING, 60, 120).failing(70, 75).failing(300, 310));

    assertThat(share.down()).isEqualTo(Duration.ofMinutes(5));
    assertThat(share.degraded()).isEqualTo(Duration.ofMinutes(55));
  }

  @Test
  void certificatesAndNodesSayNothingOfTheSite() {
    assertThat(share(new Facts().open(Kind.CERTIFICATE, 0).open(Kind.NODE, 0)).up())
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void whatIsToComeIsAhead() {
    Timeline timeline =
        Timeline.of(DAY, at(600), new Facts().open(Kind.DOWN, 590).window(1000, 1010).known());

    assertThat(timeline.share().down()).isEqualTo(Duration.ofMinutes(10));
    assertThat(timeline.share().ahead()).isEqualTo(Duration.ofMinutes(830));
    assertThat(timeline.share().maintenance()).isEqualTo(Duration.ofMinutes(10));
  }

  @Property
  void everyMomentIsExactlyOneThing(
      @ForAll("facts") Timeline.Facts facts, @ForAll @IntRange(max = 2000) int now) {
    Timeline timeline = Timeline.of(DAY, at(now), facts);
    List<Spans> parts =
        List.of(
            timeline.up(),
            timeline.degraded(),
            timeline.down(),
            timeline.maintenance(),
            timeline.unknown(),
            timeline.ahead());

    assertThat(timeline.share().whole()).isEqualTo(DAY.length());
    for (Instant minute : Stream.iterate(0, m -> m < 1440, m -> m + 7).map(Facts::at).toList()) {
      assertThat(parts.stream().filter(part -> part.contains(minute)).count()).isEqualTo(1);
    }
  }

  @Property
  void daysAddUpToTheirSpan(@ForAll("facts") Timeline.Facts facts) {
    Span week = new Span(DAY.from().minusSeconds(7 * 86_400 - 5_000), DAY.to().plusSeconds(9_000));
    TimeShare sum =
        Day.of(week, LATER, facts).stream().map(Day::time).reduce(TimeShare.NONE, TimeShare::plus);

    assertThat(sum).isEqualTo(Timeline.of(week, LATER, facts).share());
  }

  @Property
  void availabilityLiesBetweenNoneAndAll(@ForAll("facts") Timeline.Facts facts) {
    Timeline.of(DAY, LATER, facts)
        .share()
        .availability()
        .ifPresent(share -> assertThat(share).isBetween(0.0, 1.0));
  }

  @Provide
  Arbitrary<Timeline.Facts> facts() {
    Arbitrary<Span> spans =
        Combinators.combine(
                Arbitraries.integers().between(-200, 1600), Arbitraries.integers().between(0, 500))
            .as((from, length) -> span(from, from + length));
    Arbitrary<List<Span>> some = spans.list().ofMaxSize(6);
    Arbitrary<List<Kind>> kinds = Arbitraries.of(Kind.class).list().ofSize(6);
    return Combinators.combine(some, kinds, some, some, some)
        .as((incidents, kind, windows, observed, failing) -> {
          Facts facts = new Facts().observed(Spans.of(observed));
          for (int i = 0; i < incidents.size(); i++) {
            facts.incident(kind.get(i), incidents.get(i).from(), incidents.get(i).to(), null);
          }
          List<Incident> all = new ArrayList<>(facts.known().incidents());
          return new Timeline.Facts(all, Spans.of(windows), Spans.of(observed), Spans.of(failing));
        });
  }

  private static TimeShare share(Facts facts) {
    return Timeline.of(DAY, LATER, facts.known()).share();
  }
}
