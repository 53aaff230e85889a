package dev.jiggety.desktop.feed;

import com.google.gson.JsonObject;
import dev.jiggety.document.Stored;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test as it stands now.
 *
 * @param test its definition
 * @param rev the revision of the definition
 * @param raw the document that says it, which edits are made against; not to be changed
 * @param verdict over all its nodes
 * @param lastAt when its last known run began; null before the first
 * @param median the median of the runs in the sparkline that passed; null without any
 * @param p95 the time that 95 of 100 of these runs do not exceed; null without any
 * @param sparkline response times, oldest first
 * @param nodes the last word of each node, by name
 */
public record TestPicture(
    TestDefinition test,
    String rev,
    JsonObject raw,
    Verdict verdict,
    @Nullable Instant lastAt,
    @Nullable Duration median,
    @Nullable Duration p95,
    List<SparkPoint> sparkline,
    List<NodeVerdict> nodes) {
  public TestPicture {
    sparkline = List.copyOf(sparkline);
    nodes = List.copyOf(nodes);
  }

  /** The definition as it stands on the hub. */
  public Stored<TestDefinition> stored() {
    return new Stored<>(test, rev, raw);
  }
}
