package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a node knows of its two slots. Changed by {@link Slots} alone.
 *
 * @param node the node's name
 * @param kept what survives a restart
 * @param deadline when it goes back by itself, on the monotonic clock; null for never
 * @param proposal the changes that the hub offers for trial; null for none yet
 * @param confirmed the confirmed documents as the replica has them; null for not known yet
 * @param standing what is told of the standby slot
 * @param trying how the candidate fares
 * @param waiting for what is missing
 * @param number of the last report
 * @param refused what was refused last, by the document it was; empty when all is well
 * @param hearing whether the node hears the hub
 */
public record SlotState(
    String node,
    Kept kept,
    @Nullable Long deadline,
    @Nullable Proposal proposal,
    @Nullable Configuration confirmed,
    Standing standing,
    Trying trying,
    Waiting waiting,
    long number,
    SortedMap<String, Refused> refused,
    Hearing hearing) {

  /** The digest of nothing. */
  static final String NOTHING = Digests.of(Configuration.EMPTY);

  /** What can be refused: the head, the candidate, or the confirmed documents. */
  static final String HEAD = "head";

  static final String CANDIDATE = "candidate";
  static final String DOCUMENTS = "documents";

  public SlotState {
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** A node in which nothing was ever in force. */
  public static SlotState fresh(String node) {
    return of(node, Kept.NOTHING);
  }

  /** What a restarted node begins with; tell {@link Slots} that it was restarted. */
  public static SlotState of(String node, Kept kept) {
    return new SlotState(
        node,
        kept,
        null,
        null,
        null,
        Standing.NOTHING,
        Trying.NOTHING,
        Waiting.FOR_NOTHING,
        0,
        new TreeMap<>(),
        new Hearing(null, false));
  }

  /**
   * What survives a restart.
   *
   * @param head the one that is followed; null for none yet
   * @param active what runs
   * @param standby what it could swap to, or swap back to; null for nothing
   * @param confirmBy when it goes back by itself, on the wall clock; null for never
   * @param knownBad what is not tried again
   * @param canaryOf the ride that it tries as a canary; empty for none
   * @param trial what is being tried or runs unconfirmed; null for nothing
   * @param reserved a number above those of all reports so far
   * @param pins keys that it saw first and keeps to
   */
  public record Kept(
      @Nullable Followed head,
      Slot active,
      @Nullable Slot standby,
      @Nullable Instant confirmBy,
      List<KnownBad> knownBad,
      String canaryOf,
      @Nullable Trial trial,
      long reserved,
      List<TrustedKey> pins) {
    static final Kept NOTHING =
        new Kept(
            null,
            new Slot(new Generation("", 0, SlotState.NOTHING), Configuration.EMPTY, true),
            null,
            null,
            List.of(),
            "",
            null,
            0,
            List.of());

    public Kept {
      knownBad = List.copyOf(knownBad);
      pins = List.copyOf(pins);
    }
  }

  /**
   * The head that a node follows.
   *
   * @param head what it says
   * @param document as it was signed
   */
  public record Followed(Head head, JsonObject document) {}

  /** What was tried and is not tried again, unless it is confirmed. */
  public record KnownBad(String ride, String digest, String reason) {}

  /**
   * What is being tried.
   *
   * @param starts how often this process and those before began with it; a stop in order counts not
   */
  public record Trial(String ride, String digest, int starts) {}

  /**
   * The changes that the hub offers for trial, signed by operators.
   *
   * @param ride the rollout
   * @param changes in the order in which they are made
   */
  public record Proposal(String ride, List<Change> changes) {
    public Proposal {
      changes = List.copyOf(changes);
    }
  }

  /**
   * What is told of the standby slot.
   *
   * @param target what it shall hold; null for nothing of interest
   * @param stage how far it is
   * @param error what is wrong; null for nothing
   * @param preparing the digest that is being read; null for none
   * @param unfit what could not be read; null for none
   */
  public record Standing(
      @Nullable Generation target,
      SlotReport.Stage stage,
      @Nullable String error,
      @Nullable String preparing,
      @Nullable Unfit unfit) {
    static final Standing NOTHING = new Standing(null, SlotReport.Stage.NONE, null, null, null);
  }

  /** A configuration with a changed document that cannot be read. */
  public record Unfit(String digest, String error) {}

  /**
   * How the candidate fares.
   *
   * @param of the candidate, or what runs unconfirmed; null for nothing
   * @param running whether the changed tests run in both slots now
   * @param planned how many they are
   * @param runs their results so far, by test
   * @param crashes how often the executor crashed or hung over them
   */
  public record Trying(
      @Nullable Generation of,
      boolean running,
      int planned,
      SortedMap<String, Shadow> runs,
      int crashes) {
    static final Trying NOTHING = new Trying(null, false, 0, new TreeMap<>(), 0);

    public Trying {
      runs = Collections.unmodifiableSortedMap(new TreeMap<>(runs));
    }
  }

  /**
   * What is missing.
   *
   * @param since since when; null for nothing
   * @param pulls how often the confirmed documents were asked for since then
   * @param nextPull when they are asked for again; null for not
   * @param strange documents that were found where they do not belong, the last time
   */
  public record Waiting(
      @Nullable Moment since,
      int pulls,
      @Nullable Moment nextPull,
      SortedMap<String, Digests.Difference> strange) {
    static final Waiting FOR_NOTHING = new Waiting(null, 0, null, new TreeMap<>());

    public Waiting {
      strange = Collections.unmodifiableSortedMap(new TreeMap<>(strange));
    }
  }

  /** Why something is not followed. */
  public record Refused(Refusal why, String text, Instant at) {}

  /**
   * Whether the node hears the hub.
   *
   * @param lostSince since when not; null while it does
   * @param stale whether it was told that the configuration is old
   */
  public record Hearing(@Nullable Instant lostSince, boolean stale) {}

  /** The head that it follows; null for none yet. */
  public @Nullable Head head() {
    return kept.head() == null ? null : kept.head().head();
  }

  /** What runs. */
  public Slot active() {
    return kept.active();
  }

  /** What it could swap to, or swap back to; null for nothing. */
  public @Nullable Slot standby() {
    return kept.standby();
  }

  /** Whether it runs something that may still be taken back. */
  public boolean isUnconfirmed() {
    Head head = head();
    return head != null
        && head.phase() == Head.Phase.PROMOTING
        && kept.active().generation().equals(head.active());
  }

  /** Whether it has to say at once how it fares: it tries a candidate for all others. */
  public boolean isCanary() {
    return !kept.canaryOf().isEmpty();
  }
}
