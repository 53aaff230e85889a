package dev.jiggety.repository.couch;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.ViewGroup;
import dev.jiggety.document.DatabaseNames;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which tests there are results of, deleted ones included: by the indexes, not by definitions. */
final class TestNames {
  private final Hub hub;
  private final DatabaseNames names;
  private final Existing existing;

  TestNames(Hub hub, DatabaseNames names, Existing existing) {
    this.hub = hub;
    this.names = names;
    this.existing = existing;
  }

  /** Those of the databases that may hold results of a span; some may have none in the span. */
  SortedSet<String> between(Instant from, Instant to) {
    SortedSet<String> tests = new TreeSet<>();
    Consumer<ViewGroup> add = row -> tests.add(row.key().getAsJsonArray().get(0).getAsString());
    for (HubDatabase month : existing.of(names.archive(from, to.minusMillis(1)), hub)) {
      ask(month, DesignDocuments.COUNTS, add);
    }
    for (HubDatabase week : existing.of(names.live(from, to.plus(Duration.ofDays(1))), hub)) {
      ask(week, DesignDocuments.RUNS, add);
    }
    return tests;
  }

  private void ask(HubDatabase database, String view, Consumer<ViewGroup> consumer) {
    Outcome<Integer> asked =
        database
            .views()
            .eachGroup(
                DesignDocuments.NAME + "/" + view,
                JsonNull.INSTANCE,
                new JsonObject(),
                1,
                consumer);
    if (asked instanceof Outcome.Missing<Integer>) {
      existing.requireIndex(database);
    } else {
      Answers.value(asked, database, "read results");
    }
  }
}
