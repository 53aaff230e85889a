package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A candidate that writes down what it is told, and can stand in line. */
final class Listener implements PatchQueue.Candidate, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final boolean acknowledges;
  private PatchQueue.@Nullable Candidacy candidacy;

  private Listener(boolean acknowledges) {
    this.acknowledges = acknowledges;
  }

  /** Waits for something that takes some milliseconds, and a good while on a busy machine. */
  static ConditionFactory soon(String what) {
    return await(what).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  /** One that keeps what it gets. */
  static Listener keeping(PatchQueue queue) {
    return new Listener(false).stand(queue);
  }

  /** One that acknowledges at once. */
  static Listener acknowledging(PatchQueue queue) {
    return new Listener(true).stand(queue);
  }

  private Listener stand(PatchQueue queue) {
    synchronized (this) {
      candidacy = queue.stand(this);
    }
    return this;
  }

  @Override
  public void active() {
    told.add("active");
  }

  @Override
  public void delivered(QueuedPatch patch) {
    told.add(patch.patchId() + "#" + patch.seq());
    if (acknowledges) {
      acknowledge(patch.patchId());
    }
  }

  @Override
  public void passive(String reason) {
    told.add("passive: " + reason);
  }

  synchronized void acknowledge(String patchId) {
    candidacy.acknowledge(patchId);
  }

  /** All that it was told, in order. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** What it was told of patches since it became active the last time. */
  List<String> patches() {
    List<String> all = told();
    return all.subList(all.lastIndexOf("active") + 1, all.size());
  }

  boolean isActive() {
    List<String> all = told();
    int passive = -1;
    for (int i = 0; i < all.size(); i++) {
      passive = all.get(i).startsWith("passive") ? i : passive;
    }
    return all.lastIndexOf("active") > passive;
  }

  Listener awaitActive() {
    soon("to be active").until(this::isActive);
    return this;
  }

  Listener awaitPatches(String... patches) {
    soon("patches").untilAsserted(() -> assertThat(patches()).containsExactly(patches));
    return this;
  }

  String awaitPassive(String part) {
    return soon("to be passive: " + part)
        .until(
            () -> told().stream().filter(t -> t.startsWith("passive") && t.contains(part)).toList(),
            found -> !found.isEmpty())
        .getLast();
  }

  synchronized void leave() {
    candidacy.close();
  }

  @Override
  public void close() {
    leave();
  }
}
