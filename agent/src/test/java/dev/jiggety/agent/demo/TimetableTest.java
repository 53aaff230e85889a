package dev.jiggety.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimetableTest {

  @Test
  void theFirstMinuteShowsEveryKindOfTroubleAndHealsAgain() {
    Set<Class<?>> seen =
        Set.of("/", "/product", "/search", "/login", "/checkout", "/api/stock").stream()
            .flatMap(page ->
                IntStream.range(0, 60)
                    .mapToObj(second -> Timetable.at(page, Duration.ofSeconds(second))))
            .map(Object::getClass)
            .collect(Collectors.toSet());

    assertThat(seen)
        .containsExactlyInAnyOrder(
            Behaviour.Answer.class,
            Behaviour.Fail.class,
            Behaviour.Stall.class,
            Behaviour.Cut.class);
    assertThat(Timetable.at("/search", Duration.ofSeconds(20))).isEqualTo(new Behaviour.Fail(500));
    assertThat(Timetable.at("/search", Duration.ofSeconds(40)))
        .isInstanceOf(Behaviour.Answer.class);
  }

  @Test
  void theCycleBeginsAnew() {
    Duration within = Duration.ofSeconds(21);

    assertThat(Timetable.at("/search", within.plus(Timetable.CYCLE)))
        .isEqualTo(Timetable.at("/search", within));
  }
}
