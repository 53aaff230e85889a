package dev.jiggety.agent.slot;

import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node says of its slots, each time with a higher number. Safe for any thread. */
final class Reports {
  private final SlotHost host;
  private final Keeping keeping;
  private final Supplier<SlotState> state;
  private final Consumer<SlotEvent> events;
  private final AtomicLong number = new AtomicLong();

  /**
   * Nothing is reported yet.
   *
   * @param state how it stands
   * @param events takes an event in as a turn of its own
   */
  Reports(SlotHost host, Keeping keeping, Supplier<SlotState> state, Consumer<SlotEvent> events) {
    this.host = host;
    this.keeping = keeping;
    this.state = state;
    this.events = events;
  }

  /** The next number is above that one. */
  void above(long used) {
    number.accumulateAndGet(used, Math::max);
  }

  /** A new report; null as long as there is nothing to report. */
  @Nullable SlotReport next() {
    synchronized (number) { // what has the higher number is not older
      SlotState now = state.get();
      if (now.head() == null) {
        return null;
      }
      long next = number.incrementAndGet();
      if (Numbers.runOut(now, next)) {
        events.accept(new SlotEvent.Reported(next));
      }
      return report(now, next);
    }
  }

  private SlotReport report(SlotState now, long next) {
    Health health = host.health();
    Keeping.Rejected no = keeping.rejected();
    var standing = now.standing();
    var target = standing.target();
    if (no != null && target == null) {
      target = no.state().standing().target();
    }
    boolean isUnkept = no != null && target != null;
    Head head = now.head();
    boolean concerns = head != null && head.phase() != Head.Phase.STEADY;
    return new SlotReport(
        now.node(),
        next,
        now.active().generation(),
        target,
        isUnkept ? SlotReport.Stage.FAILED : standing.stage(),
        isUnkept && no != null ? no.trouble() : standing.error(),
        now.isCanary() ? now.trying().planned() : SlotReport.NOT_ASKED,
        concerns ? List.copyOf(now.trying().runs().values()) : List.of(),
        new Health(
            health.alive(), now.trying().crashes(), health.lateness(), health.latenessBefore()));
  }
}
