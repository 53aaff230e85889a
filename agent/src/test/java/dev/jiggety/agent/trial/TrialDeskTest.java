package dev.jiggety.agent.trial;

import static dev.jiggety.agent.trial.Requests.NOON;
import static dev.jiggety.agent.trial.Requests.TRUST;
import static dev.jiggety.agent.trial.Requests.request;
import static dev.jiggety.agent.trial.Requests.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the active manager does with requests. */
class TrialDeskTest {
  private final Board board = new Board();
  private final Term term = new Term();
  private TrialDesk desk = TrialDesk.idle(board, term);

  private static JsonObject at(String id, Instant created) {
    TrialRequest plain = request(id, "n1");
    return signed(
        new TrialRequest(id, "ada", created, created.plusSeconds(60), plain.nodes(), plain.test()));
  }

  private @Nullable TrialRefusal refusal(String id) {
    return board.answers.stream()
        .filter(it -> it.request().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer to " + id))
        .refusal();
  }

  @Test
  void aRequestIsShownAsItWasSignedByOneWrite() {
    JsonObject signed = signed(request("t1", "n1"));
    desk.decide(signed);
    desk.decide(signed);
    assertThat(board.shown).containsExactly(signed);
    assertThat(board.writes).isEqualTo(1);
    assertThat(refusal("t1")).isNull();
  }

  @Test
  void whatIsWrongIsAnsweredAndWakesNobody() {
    JsonObject tampered = signed(request("t1", "n1"));
    tampered.addProperty("expires", NOON.plusSeconds(61).toEpochMilli());
    desk.decide(tampered);
    assertThat(refusal("t1")).isEqualTo(TrialRefusal.TAMPERED);
    desk.decide(at("t2", NOON.minus(Duration.ofMinutes(5))));
    assertThat(refusal("t2")).isEqualTo(TrialRefusal.EXPIRED);
    assertThat(board.writes).isZero();
  }

  @Test
  void soManyAMinuteAndNoMore() {
    for (int i = 0; i < 12; i++) {
      desk.decide(signed(request("t" + i, "n1")));
    }
    assertThat(board.writes).isEqualTo(10);
    assertThat(refusal("t9")).isNull();
    assertThat(refusal("t10")).isEqualTo(TrialRefusal.TOO_MANY);
    assertThat(board.shown).hasSize(8);
    term.now = NOON.plusSeconds(61);
    desk.decide(at("t12", term.now));
    assertThat(refusal("t12")).isNull();
    assertThat(board.shown).as("the expired ones are gone").hasSize(1);
  }

  @Test
  void whatWasAskedLongAgoIsLeftToItself() {
    desk.decide(at("t1", NOON.minus(Duration.ofDays(1))));
    assertThat(board.answers).isEmpty();
  }

  @Test
  void anotherManagerGoesOnWhereTheLastOneStopped() {
    JsonObject signed = signed(request("t1", "n1"));
    board.failsToAnswer = true;
    assertThatThrownBy(() -> desk.decide(signed)).isInstanceOf(HubException.class);
    assertThat(board.writes).isEqualTo(1);
    board.failsToAnswer = false;
    desk = TrialDesk.idle(board, term);
    desk.decide(signed);
    assertThat(board.writes).as("nodes are not woken twice").isEqualTo(1);
    assertThat(refusal("t1")).isNull();
    desk = TrialDesk.idle(board, term);
    desk.decide(signed);
    assertThat(board.answers).hasSize(1);
  }

  @Test
  void whoWasInterruptedBeforeNodesWereShownItTriesAgain() {
    JsonObject signed = signed(request("t1", "n1"));
    board.failsToShow = true;
    assertThatThrownBy(() -> desk.decide(signed)).isInstanceOf(HubException.class);
    board.failsToShow = false;
    desk.decide(signed);
    assertThat(board.shown).containsExactly(signed);
    assertThat(refusal("t1")).isNull();
  }

  @Test
  void whoseTurnIsOverWritesNothing() {
    term.over = true;
    desk.decide(signed(request("t1", "n1")));
    assertThat(board.writes).isZero();
    assertThat(board.answers).isEmpty();
  }

  private static final class Term implements TrialDesk.TrialTerm {
    private Instant now = NOON;
    private boolean over;

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void says(String text) {}

    @Override
    public void trouble(String about, String text) {}

    @Override
    public void fine(String about) {}
  }

  private static final class Board implements TrialBoard {
    private final List<TrialAnswer> answers = new ArrayList<>();
    private List<JsonObject> shown = List.of();
    private int writes;
    private boolean failsToAnswer;
    private boolean failsToShow;

    @Override
    public AutoCloseable follow(Consumer<JsonObject> requests, Consumer<String> lost) {
      return () -> {};
    }

    @Override
    public Trust trust() {
      return TRUST;
    }

    @Override
    public boolean isAnswered(String requestId) {
      return answers.stream().anyMatch(it -> it.request().equals(requestId));
    }

    @Override
    public List<JsonObject> shown() {
      return shown;
    }

    @Override
    public void show(List<JsonObject> requests) {
      if (failsToShow) {
        throw new HubException(HubException.Kind.UNAVAILABLE, "away");
      }
      writes++;
      shown = List.copyOf(requests);
    }

    @Override
    public void answer(TrialAnswer answer) {
      if (failsToAnswer) {
        throw new HubException(HubException.Kind.UNAVAILABLE, "away");
      }
      answers.add(answer);
    }

    @Override
    public int tidy(Instant before) {
      return 0;
    }
  }
}
