package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.ConfigBoard.FoundHead;
import dev.jiggety.document.Candidate;
import dev.jiggety.model.Configuration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a board of the configuration promises. Every test begins with an empty one. */
public abstract class ConfigBoardContract {

  /** The board as one more manager sees it. */
  protected abstract ConfigBoard board();

  @Test
  void theHeadIsSwappedByWhoSawItLast() {
    ConfigBoard one = board();
    ConfigBoard other = board();
    FoundHead none = one.head();
    assertThat(none).isEqualTo(new FoundHead(null, false));
    FoundHead alsoNone = other.head();
    assertThat(one.swap(Papers.head(1), none)).isTrue();
    assertThat(other.swap(Papers.head(2), alsoNone)).isFalse();
    FoundHead first = other.head();
    assertThat(version(first)).isEqualTo(1);
    assertThat(first.conflicting()).isFalse();
    assertThat(other.swap(Papers.head(3), first)).isTrue();
    assertThat(one.swap(Papers.head(4), first)).isFalse();
    assertThat(version(one.head())).isEqualTo(3);
  }

  @Test
  void swappingTheSameOnceMoreIsDone() {
    ConfigBoard board = board();
    FoundHead none = board.head();
    assertThat(board.swap(Papers.head(1), none)).isTrue();
    assertThat(board.swap(Papers.head(1), none)).as("after a lost answer").isTrue();
    FoundHead first = board.head();
    assertThat(board.swap(Papers.head(2), first)).isTrue();
    assertThat(board.swap(Papers.head(2), first)).isTrue();
    assertThat(version(board.head())).isEqualTo(2);
  }

  @Test
  void aCandidateTakesThePlaceOfTheOneBefore() {
    ConfigBoard board = board();
    FoundHead none = board.head();
    assertThat(board.candidate()).isNull();
    Candidate first = candidate("p1");
    Candidate second = candidate("p2");
    board.candidate(first);
    board.candidate(first);
    assertThat(board().candidate()).isEqualTo(first);
    board.candidate(second);
    assertThat(board().candidate()).isEqualTo(second);
    ConfigBoard next = board();
    next.head();
    next.candidate(second);
    next.candidate(first);
    assertThat(board().candidate()).isEqualTo(first);
    assertThat(board.swap(Papers.head(1), none)).isTrue();
  }

  @Test
  void aManagerThatWakesUpLatePutsNoCandidateThere() {
    ConfigBoard late = board();
    late.head();
    ConfigBoard active = board();
    assertThat(active.swap(Papers.head(1), active.head())).isTrue();
    active.candidate(candidate("p1"));
    assertThatExceptionOfType(StaleException.class)
        .isThrownBy(() -> late.candidate(candidate("p0")));
    assertThat(board().candidate()).isEqualTo(candidate("p1"));
    late.head();
    late.candidate(candidate("p2"));
    assertThat(board().candidate()).as("it looked, and is active again").isEqualTo(candidate("p2"));
  }

  /** As when it was sent by this very manager long ago, and the line held it up. */
  @Test
  void aCandidateThatArrivesLateIsReplacedAfterAnotherLook() {
    ConfigBoard board = board();
    assertThat(board.swap(Papers.head(1), board.head())).isTrue();
    board.candidate(candidate("p1"));
    ConfigBoard line = board();
    line.head();
    line.candidate(candidate("p0"));
    assertThatExceptionOfType(StaleException.class)
        .isThrownBy(() -> board.candidate(candidate("p2")));
    board.head();
    board.candidate(candidate("p2"));
    assertThat(board().candidate()).isEqualTo(candidate("p2"));
  }

  @Test
  void confirmedIsWhatWasConfirmedLast() {
    ConfigBoard board = board();
    assertThat(board.confirmed()).isEqualTo(Configuration.EMPTY);
    assertThat(board.swap(Papers.head(1), board.head())).isTrue();
    board.candidate(candidate("p1"));
    Configuration first = Papers.tests("first", "shop", "search", "basket");
    board.confirm(first);
    assertThat(board().confirmed()).isEqualTo(first);
    board.confirm(first);
    Configuration second = Papers.tests("second", "search", "tea");
    board.confirm(second);
    assertThat(board().confirmed()).isEqualTo(second);
    Configuration again = Papers.tests("first", "shop");
    board().confirm(again);
    assertThat(board().confirmed()).as("what was removed can come back").isEqualTo(again);
    assertThat(version(board().head())).isEqualTo(1);
    assertThat(board().candidate()).isNotNull();
  }

  @Test
  void manyDocumentsAreConfirmed() {
    String[] ids = IntStream.range(0, 1_100).mapToObj(n -> "t" + n).toArray(String[]::new);
    Configuration many = Papers.tests("many", ids);
    board().confirm(many);
    assertThat(board().confirmed()).isEqualTo(many);
    board().confirm(Papers.tests("few", "t7"));
    assertThat(board().confirmed()).isEqualTo(Papers.tests("few", "t7"));
  }

  @Test
  void whoIsNotActiveAnyMoreConfirmsNothing() {
    ConfigBoard late = board();
    assertThat(late.swap(Papers.head(1), late.head())).isTrue();
    ConfigBoard active = board();
    assertThat(active.swap(Papers.head(2), active.head())).isTrue();
    active.confirm(Papers.tests("right", "shop"));
    assertThatExceptionOfType(StaleException.class)
        .isThrownBy(() -> late.confirm(new Configuration(new TreeMap<>())));
    assertThat(board().confirmed()).isEqualTo(Papers.tests("right", "shop"));
  }

  private static Candidate candidate(String patchId) {
    return new Candidate(patchId, List.of(Papers.document(patchId)));
  }

  private static long version(FoundHead found) {
    JsonObject document = found.document();
    assertThat(document).isNotNull();
    return document.get("version").getAsLong();
  }
}
