package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.VerdictCount;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that has arrived on a hub, and what must be true of it whatever happened. */
record ResultsOnHub(List<Batch> batches, List<VerdictCount> verdicts) {

  static ResultsOnHub read(String url) {
    return read(url, Duration.ofSeconds(60));
  }

  /** The same, with what was planned by clocks that are {@code ahead}. */
  static ResultsOnHub read(String url, Duration ahead) {
    List<Batch> batches = new ArrayList<>();
    HubAddress address = HubAddress.parse(url, Optional.empty());
    try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
      Instant from = Instant.now().minus(Duration.ofHours(1));
      Instant to = Instant.now().plus(ahead);
      ResultRepository results = new CouchRepositories(hub, DatabaseNames.DEFAULT).results();
      results.read(from, to, batches::add);
      return new ResultsOnHub(batches, results.verdicts(from, to));
    }
  }

  List<Run> runs() {
    return batches.stream().flatMap(batch -> batch.runs().stream()).toList();
  }

  long runsOf(String testId) {
    return runs().stream().filter(run -> run.testId().equals(testId)).count();
  }

  /** Slots that were accounted for without a run. */
  long skipped() {
    return batches.stream()
        .flatMap(batch -> batch.skipped().stream())
        .mapToLong(slots -> slots.count())
        .sum();
  }

  ResultsOnHub assertNothingDoubled() {
    assertThat(runs()).extracting(Run::key).doesNotHaveDuplicates();
    return this;
  }

  /**
   * Every planned time between the first and the last is there exactly once, as a run or as
   * skipped: what "nothing lost" means for a schedule.
   */
  ResultsOnHub assertEverySlotAccounted(Duration interval) {
    Map<String, List<Instant>> slots = new TreeMap<>();
    for (Batch batch : batches) {
      for (Run run : batch.runs()) {
        slots
            .computeIfAbsent(name(batch, run.testId()), _ -> new ArrayList<>())
            .add(run.plannedAt());
      }
      batch
          .skipped()
          .forEach(skipped -> {
            List<Instant> of =
                slots.computeIfAbsent(name(batch, skipped.testId()), _ -> new ArrayList<>());
            for (int i = 0; i < skipped.count(); i++) {
              of.add(skipped.first().plus(interval.multipliedBy(i)));
            }
          });
    }
    slots.forEach((name, times) -> {
      times.sort(Comparator.naturalOrder());
      for (int i = 1; i < times.size(); i++) {
        assertThat(Duration.between(times.get(i - 1), times.get(i)))
            .as("gap of %s before %s", name, times.get(i))
            .isEqualTo(interval);
      }
    });
    return this;
  }

  /** The hub's own count, by its index, is the number of runs; nobody may be writing any more. */
  ResultsOnHub assertTheHubCountsTheSame() {
    assertThat(verdicts.stream().mapToLong(VerdictCount::total).sum()).isEqualTo(runs().size());
    for (Verdict verdict : Verdict.values()) {
      assertThat(verdicts.stream().mapToLong(count -> count.runs().get(verdict)).sum())
          .as("runs that are %s", verdict)
          .isEqualTo(runs().stream().filter(run -> run.verdict() == verdict).count());
    }
    return this;
  }

  private static String name(Batch batch, String testId) {
    return testId + " on " + batch.node();
  }
}
