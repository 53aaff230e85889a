package dev.jiggety.desktop.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ViewportTest {
  private static final long DAY = 86_400_000;

  @Property
  void zoomingHoldsThePlaceUnderTheMouseStill(
      @ForAll @DoubleRange(min = 0, max = 1) double place,
      @ForAll @DoubleRange(min = 0.2, max = 5) double factor,
      @ForAll @LongRange(min = 10_000, max = DAY) long span) {
    Viewport view = new Viewport(5_000_000, 5_000_000 + span);
    Viewport zoomed = view.zoomed(place, factor, DAY);
    assertThat(zoomed.time(place)).isCloseTo(view.time(place), within(2L));
    assertThat(zoomed.span()).isBetween(Viewport.SHORTEST, DAY);
  }

  @Property
  void aViewStaysInsideItsLimits(
      @ForAll @LongRange(max = 2 * DAY) long from,
      @ForAll @LongRange(min = 1, max = DAY) long span) {
    Viewport limits = new Viewport(DAY / 2, DAY);
    Viewport inside = new Viewport(from, from + span).within(limits);
    assertThat(inside.from()).isGreaterThanOrEqualTo(limits.from());
    assertThat(inside.to()).isLessThanOrEqualTo(limits.to());
  }

  @Property
  void valuesFitOnTheirScaleWithFewLines(@ForAll @DoubleRange(min = 0, max = 1e6) double largest) {
    Ticks.ValueScale scale = Ticks.values(largest, 6);
    assertThat(scale.top()).isGreaterThanOrEqualTo(largest);
    assertThat(scale.top() / scale.step()).isLessThanOrEqualTo(6.0001);
  }

  @Test
  void timesFallOnRoundLocalPlaces() {
    long ten = 1_772_445_600_000L; // 2026-03-02T10:00:00Z
    Viewport hour = new Viewport(ten - 1_800_000, ten + 1_800_000);
    assertThat(Ticks.times(hour, 8, ZoneId.of("Asia/Kolkata"), Locale.ENGLISH))
        .extracting(Ticks.TimeTick::label)
        .containsExactly("15:00", "15:10", "15:20", "15:30", "15:40", "15:50");
  }

  @Test
  void timesAreWrittenAsPeopleReadThem() {
    assertThat(
            List.of(
                Ticks.millis(0.84, Locale.ENGLISH),
                Ticks.millis(95.24, Locale.ENGLISH),
                Ticks.millis(120.4, Locale.ENGLISH),
                Ticks.millis(2500, Locale.ENGLISH),
                Ticks.millis(3000, Locale.ENGLISH)))
        .containsExactly("0.8 ms", "95.2 ms", "120 ms", "2.50 s", "3 s");
  }
}
