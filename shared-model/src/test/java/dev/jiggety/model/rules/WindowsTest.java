package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Windows.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final TestDefinition SHOP =
      TestDefinition.builder("shop", Check.Http.get("http://shop.example/"))
          .tags(List.of("eu"))
          .build();

  @Test
  void aWindowOpensByTheCalendarOfItsZone() {
    Window night = window(again("0 2 * * *", "Europe/Berlin", Duration.ofHours(1)));
    // The clocks go forward on the 29th: two o'clock does not exist, it opens after the gap.
    assertThat(Windows.spans(night, at("2026-03-28T00:00"), at("2026-03-30T12:00")))
        .containsExactly(
            span("2026-03-28T01:00", "2026-03-28T02:00"),
            span("2026-03-29T01:00", "2026-03-29T02:00"),
            span("2026-03-30T00:00", "2026-03-30T01:00"));
  }

  @Test
  void openWindowsCountAsAWholeAndThoseThatOverlapAreOne() {
    Window often = window(again("0,30 * * * *", "UTC", Duration.ofMinutes(45)));
    assertThat(Windows.spans(often, at("2026-03-01T10:20"), at("2026-03-01T10:40")))
        .containsExactly(span("2026-03-01T10:00", "2026-03-01T11:15"));
  }

  @Test
  void aWindowIsOpenOnce() {
    Window once = window(new Window.Times.Once(at("2026-03-01T10:00"), at("2026-03-01T12:00")));
    assertThat(Windows.spans(once, at("2026-03-01T11:00"), at("2026-03-02T11:00")))
        .containsExactly(span("2026-03-01T10:00", "2026-03-01T12:00"));
    assertThat(Windows.spans(once, at("2026-03-01T12:00"), at("2026-03-02T11:00"))).isEmpty();
  }

  @Test
  void windowsAreAboutTagsAndTests() {
    Window.Times times = new Window.Times.Once(at("2026-03-01T10:00"), at("2026-03-01T12:00"));
    assertThat(window(times).isAbout(SHOP)).as("about all").isTrue();
    assertThat(about(times, List.of("eu"), List.of()).isAbout(SHOP)).isTrue();
    assertThat(about(times, List.of("us"), List.of("shop")).isAbout(SHOP)).isTrue();
    assertThat(about(times, List.of("us"), List.of("blog")).isAbout(SHOP)).isFalse();
  }

  private static Window window(Window.Times times) {
    return about(times, List.of(), List.of());
  }

  private static Window about(Window.Times times, List<String> tags, List<String> tests) {
    return new Window("w", "w", true, times, new TreeSet<>(tags), new TreeSet<>(tests));
  }

  private static Window.Times again(String cron, String zone, Duration length) {
    return new Window.Times.Again(new Schedule.Cron(cron, ZoneId.of(zone)), length);
  }

  private static Span span(String from, String to) {
    return new Span(at(from), at(to));
  }

  private static Instant at(String time) {
    return Instant.parse(time + ":00Z");
  }
}
