package dev.jiggety.agent.result.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Pack;
import dev.jiggety.model.Point;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerCrashTest {
  @TempDir Path folder;

  @Test
  void everyRunIsInExactlyOnePackWheneverTheProcessIsKilled() throws Exception {
    int next = 0;
    for (int life = 0; life < 5; life++) {
      next = liveAndDie(next, 40 + life * 17) + 1;
    }
    List<Instant> expected = new ArrayList<>();
    for (int i = 0; i < next; i++) {
      expected.add(PackerChild.planned(i));
      if (i % 3 == 0) {
        expected.add(PackerChild.planned(i).minus(Duration.ofHours(5)).plusSeconds(1));
      }
    }
    expected.sort(null);
    try (PackBed bed = new PackBed(folder, PackerChild.BASE)) {
      // The last life may have got further than its last sign of life.
      bed.turn(PackerChild.planned(next).plus(Duration.ofDays(2)));
      List<Instant> packed =
          bed.hours().stream()
              .flatMap(pack -> pack.points().stream())
              .map(Point::plannedAt)
              .sorted()
              .toList();
      assertThat(packed).doesNotHaveDuplicates().containsAll(expected);
      assertThat(packed.size()).isBetween(expected.size(), expected.size() + 2);
      long ofDays = bed.days().stream().mapToLong(day -> day.summary().count()).sum();
      assertThat(ofDays).isEqualTo(packed.size());
      assertThat(bed.hours())
          .filteredOn(pack -> pack.part() > 1)
          .as("late runs came while the hour was packed")
          .isNotEmpty();
      assertThat(bed.hours())
          .extracting(Pack::summary)
          .allSatisfy(summary -> assertThat(summary.count()).isPositive());
    }
  }

  /** Starts a process, waits for some signs of life, kills it; gives back the last one. */
  private int liveAndDie(int first, int signs) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PackerChild.class.getName(),
                folder.toString(),
                String.valueOf(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = -1;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < signs; i++) {
        String line = out.readLine();
        assertThat(line).as("the child lives").isNotNull();
        last = Integer.parseInt(line);
      }
      child.toHandle().destroyForcibly(); // unlike that of Process it leaves the stream to be read
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line.matches("\\d+") ? Integer.parseInt(line) : last;
      }
    }
    child.waitFor();
    return last;
  }
}
