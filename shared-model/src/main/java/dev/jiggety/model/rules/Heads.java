package dev.jiggety.model.rules;

import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.HeadChange;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may write which next head, and which heads a node believes. A manager reads the head, asks
 * {@link #next}, and writes the answer by compare-and-swap on the document's revision; when that
 * fails it reads and asks again.
 */
public final class Heads {
  /**
   * Epochs of one stay at a hub: who goes on at another hub takes the first epoch of the next stay.
   * What was written last at the hub that was left, and was not replicated, is then older than all
   * that is written at the other one, whatever its version.
   */
  private static final long STAY = 1_000_000;

  private Heads() {}

  /** The first epoch of who goes on at another hub than that one was written at. */
  public static long epochElsewhere(long epoch) {
    return (stay(epoch) + 1) * STAY;
  }

  /** Which stay at a hub an epoch belongs to; they are counted on. */
  public static long stay(long epoch) {
    return epoch / STAY;
  }

  /**
   * What every head says, whatever the change.
   *
   * @param lifetime how long it is believed
   * @param reportWithin over how long nodes spread reports that nobody waits for
   */
  public record Terms(Duration lifetime, Duration reportWithin) {}

  /** What comes of a change. */
  public sealed interface Outcome {}

  /** Write this. */
  public record Write(Head head) implements Outcome {}

  /** The head says so already. */
  public record AlreadySo(Head head) implements Outcome {}

  /** It must not be. */
  public record Refused(Refusal why, String text) implements Outcome {}

  /** Why a head must not be written. */
  public enum Refusal {
    /** A manager with a higher epoch is active. */
    FENCED,
    /** Two managers with the same epoch: the one that takes over needs a higher one. */
    EPOCH_TAKEN,
    /** The document has conflicting revisions: nobody knows which head nodes follow. */
    CONFLICTING,
    /** Another rollout is under way, or this one is not. */
    OTHER_RIDE,
    /** What is in force is not what the candidate was made from. */
    OTHER_BASE,
    /** The candidate is what is in force. */
    NO_CHANGE,
    /** Places in the line would be left out or used twice. */
    GAP,
    /** Waves go forward only. */
    WAVE_BACK
  }

  /** The head of an installation in which nothing was ever in force. */
  public static Head first(String digestOfNothing, long epoch, Instant now, Terms terms) {
    return new Head(
        1,
        0,
        epoch,
        new Generation("", 0, digestOfNothing),
        null,
        null,
        Phase.STEADY,
        null,
        null,
        now.plus(terms.lifetime()),
        terms.reportWithin());
  }

  /**
   * The next head.
   *
   * @param found the head as it stands
   * @param conflicting whether its document has conflicting revisions
   * @param change what is wanted
   * @param epoch of the manager that wants it
   * @param terms what every head says
   */
  public static Outcome next(
      Head found, boolean conflicting, HeadChange change, long epoch, Instant now, Terms terms) {
    if (epoch < found.epoch()) {
      return refused(Refusal.FENCED, "epoch " + found.epoch() + " is active, this is " + epoch);
    }
    if (conflicting) {
      return refused(
          Refusal.CONFLICTING, "the head has conflicting revisions; resolve them on the hub first");
    }
    Head base =
        new Head(
            found.version() + 1,
            found.seq(),
            epoch,
            found.active(),
            found.candidate(),
            found.previous(),
            found.phase(),
            found.reach(),
            found.confirmWithin(),
            now.plus(terms.lifetime()),
            terms.reportWithin());
    return switch (change) {
      case HeadChange.TakeOver _ ->
          epoch == found.epoch()
              ? refused(Refusal.EPOCH_TAKEN, "epoch " + epoch + " was used; take a higher one")
              : new Write(base);
      case HeadChange.Renew _ -> new Write(base);
      case HeadChange.Stage stage -> stage(found, base, stage);
      case HeadChange.Promote promote -> promote(found, base, promote);
      case HeadChange.Extend extend -> extend(found, base, extend);
      case HeadChange.Complete complete -> complete(found, base, complete);
      case HeadChange.TurnBack back -> turnBack(found, base, back);
    };
  }

  private static Outcome stage(Head found, Head base, HeadChange.Stage stage) {
    Generation candidate = found.candidate();
    if (candidate != null
        && candidate.ride().equals(stage.ride())
        && candidate.digest().equals(stage.digest())
        && found.reach() != null
        && found.reach().nodes().equals(stage.canaries())) {
      return new AlreadySo(found);
    }
    boolean isRestaged = candidate != null && candidate.ride().equals(stage.ride());
    if (found.phase() != Phase.STEADY && !isRestaged) {
      return refused(Refusal.OTHER_RIDE, "the head is busy with another rollout");
    }
    if (!stage.base().equals(found.digest())) {
      return refused(
          Refusal.OTHER_BASE, "what is in force has changed since the patch was checked");
    }
    if (stage.digest().equals(found.digest())) {
      return refused(Refusal.NO_CHANGE, "it is in force already");
    }
    long seq = isRestaged ? found.seq() : seqAfter(found.seq(), stage);
    if (seq < 0) {
      return refused(
          Refusal.GAP,
          "after "
              + found.seq()
              + " came "
              + stage.seqs()
              + " with "
              + stage.tombstones()
              + " given up");
    }
    Generation next = new Generation(stage.ride(), found.release() + 1, stage.digest());
    Head.Reach canaries = new Head.Reach(0, false, stage.canaries());
    return new Write(
        new Head(
            base.version(),
            seq,
            base.epoch(),
            base.active(),
            next,
            base.previous(),
            Phase.TRIAL,
            canaries,
            null,
            base.expires(),
            base.reportWithin()));
  }

  /** The last place taken up; -1 where one would be left out or used twice. */
  private static long seqAfter(long seq, HeadChange.Stage stage) {
    if (stage.again() && stage.seqs().stream().allMatch(place -> place <= seq)) {
      return stage.tombstones().stream().allMatch(place -> place <= seq) ? seq : -1;
    }
    TreeSet<Long> places = new TreeSet<>(stage.seqs());
    places.addAll(stage.tombstones());
    int count = stage.seqs().size() + stage.tombstones().size();
    return places.size() == count
            && count > 0
            && places.first() == seq + 1
            && places.last() == seq + count
        ? places.last()
        : -1;
  }

  private static Outcome promote(Head found, Head base, HeadChange.Promote promote) {
    Head.Reach reach = found.reach();
    if (found.phase() == Phase.PROMOTING && found.active().ride().equals(promote.ride())) {
      int wave = reach == null ? 0 : reach.wave();
      if (wave == promote.reach().wave()) {
        return new AlreadySo(found);
      }
      if (wave > promote.reach().wave()) {
        return refused(Refusal.WAVE_BACK, "wave " + wave + " is under way");
      }
      return new Write(
          promoting(
              base, base.active(), base.previous(), promote.reach(), promote.confirmWithin()));
    }
    Generation candidate = found.candidate();
    if (candidate == null || !candidate.ride().equals(promote.ride())) {
      return refused(Refusal.OTHER_RIDE, "the candidate is not that of " + promote.ride());
    }
    return new Write(
        promoting(base, candidate, found.active(), promote.reach(), promote.confirmWithin()));
  }

  private static Outcome extend(Head found, Head base, HeadChange.Extend extend) {
    if (found.phase() != Phase.PROMOTING || !found.active().ride().equals(extend.ride())) {
      return refused(Refusal.OTHER_RIDE, extend.ride() + " is not being promoted");
    }
    Head.Reach reach = found.reach();
    if (reach == null) {
      return refused(Refusal.OTHER_RIDE, "nobody is reached");
    }
    return new Write(
        promoting(base, base.active(), base.previous(), reach, extend.confirmWithin()));
  }

  private static Outcome complete(Head found, Head base, HeadChange.Complete complete) {
    if (!found.active().ride().equals(complete.ride())) {
      return refused(Refusal.OTHER_RIDE, complete.ride() + " is not in force");
    }
    return found.phase() == Phase.STEADY
        ? new AlreadySo(found)
        : new Write(steady(base, base.active(), base.previous()));
  }

  private static Outcome turnBack(Head found, Head base, HeadChange.TurnBack back) {
    Generation candidate = found.candidate();
    if (candidate != null && candidate.ride().equals(back.ride())) {
      return new Write(steady(base, base.active(), base.previous()));
    }
    Generation previous = found.previous();
    boolean isInForce = found.active().ride().equals(back.ride());
    if (!isInForce || previous == null) {
      return new AlreadySo(found);
    }
    if (candidate != null) {
      return refused(
          Refusal.OTHER_RIDE, "another rollout began since; it must be turned back by a patch");
    }
    Generation restored = new Generation(previous.ride(), found.release() + 1, previous.digest());
    return new Write(steady(base, restored, null));
  }

  private static Head promoting(
      Head base,
      Generation active,
      @Nullable Generation previous,
      Head.Reach reach,
      Duration confirmWithin) {
    return new Head(
        base.version(),
        base.seq(),
        base.epoch(),
        active,
        null,
        previous,
        Phase.PROMOTING,
        reach,
        confirmWithin,
        base.expires(),
        base.reportWithin());
  }

  private static Head steady(Head base, Generation active, @Nullable Generation previous) {
    return new Head(
        base.version(),
        base.seq(),
        base.epoch(),
        active,
        null,
        previous,
        Phase.STEADY,
        null,
        null,
        base.expires(),
        base.reportWithin());
  }

  private static Refused refused(Refusal why, String text) {
    return new Refused(why, text);
  }

  /** What a node makes of a head that it is offered. */
  public enum Acceptance {
    /** Newer than the one it follows, or the first one. */
    ACCEPTED,
    /** The one that it follows. */
    SAME,
    /** An older one: replayed, or overtaken on the way. */
    LOWER_VERSION,
    /** The version that it follows with another content: forged, or a forked hub. */
    OTHER_CONTENT,
    /** A newer one by a manager that was fenced off. */
    LOWER_EPOCH,
    /** A newer one with an older state of the configuration. */
    LOWER_RELEASE,
    /** A newer one with a lower place in the line. */
    LOWER_SEQ,
    /** Too old to be believed: somebody keeps newer ones back. */
    EXPIRED;

    /** Whether the node follows it from now on. */
    public boolean isAccepted() {
      return this == ACCEPTED;
    }
  }

  /**
   * Whether a node follows that head. One of a later stay at a hub ({@link #epochElsewhere}) is
   * newer than every one of an earlier stay, whatever their numbers: what the hub that was left had
   * not handed on is given up.
   *
   * @param known the one that it follows; null for none yet
   */
  public static Acceptance accept(@Nullable Head known, Head offered, Instant now) {
    if (known != null && stay(offered.epoch()) < stay(known.epoch())) {
      return Acceptance.LOWER_EPOCH;
    }
    if (known != null && stay(offered.epoch()) == stay(known.epoch())) {
      if (offered.version() < known.version()) {
        return Acceptance.LOWER_VERSION;
      }
      if (offered.version() == known.version()) {
        return offered.equals(known) ? Acceptance.SAME : Acceptance.OTHER_CONTENT;
      }
      if (offered.epoch() < known.epoch()) {
        return Acceptance.LOWER_EPOCH;
      }
      if (offered.release() < known.release()) {
        return Acceptance.LOWER_RELEASE;
      }
      if (offered.seq() < known.seq()) {
        return Acceptance.LOWER_SEQ;
      }
    }
    return isExpired(offered, now) ? Acceptance.EXPIRED : Acceptance.ACCEPTED;
  }

  /** Whether it is too old to be believed: a node that follows it has not heard news for long. */
  public static boolean isExpired(Head head, Instant now) {
    return !now.isBefore(head.expires());
  }

  /** What that node has to run by that head; null where it is not told what was before. */
  public static @Nullable Generation wanted(Head head, String node) {
    Head.Reach reach = head.reach();
    boolean waits = head.phase() == Phase.PROMOTING && reach != null && !reach.includes(node);
    return waits ? head.previous() : head.active();
  }

  /** Whether a configuration with that digest is what the generation says. */
  public static boolean proves(Generation wanted, String digest) {
    return wanted.digest().equals(digest);
  }

  /** How a message with that place in the line relates to a head. */
  public enum Arrival {
    /** Taken up or given up before: acknowledge it, unless its rollout is not at an end. */
    DUPLICATE,
    /** Its turn. */
    NEXT,
    /** Something before it is missing: hold. */
    EARLY
  }

  /** Where a message from the queue stands. */
  public static Arrival arrival(Head head, long seq) {
    if (seq <= head.seq()) {
      return Arrival.DUPLICATE;
    }
    return seq == head.seq() + 1 ? Arrival.NEXT : Arrival.EARLY;
  }
}
