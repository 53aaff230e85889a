package dev.jiggety.repository;

import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.signing.SigningKey;
import java.util.List;
import java.util.Optional;

/**
 * Trying tests on nodes, beside what they run. Safe for any thread; each call asks the hub and
 * throws {@link HubException} when it cannot.
 */
public interface TrialRepository {

  /**
   * Signs a request and hands it in. Handing in the same one once more, after a lost answer, does
   * nothing.
   *
   * @throws HubException of kind {@code REFUSED} when the hub says no, or has another one of that
   *     id
   */
  void ask(TrialRequest request, SigningKey key);

  /** All that was answered to a request so far: the manager's word, and the nodes'. */
  List<TrialAnswer> answers(String requestId);

  /**
   * Follows what is answered to a request: what there is, then every answer as it comes. Things can
   * be told twice, never left out; a hub that is away is waited for.
   *
   * @return ends it; after close nothing more is told
   */
  HubFeed.Subscription follow(String requestId, Listener listener);

  /**
   * The bytes of a picture in a node's answer.
   *
   * @param name the picture's
   */
  Optional<byte[]> picture(String requestId, String node, String name);

  /** Writes an answer; once and never again. Nothing happens where it stands there already. */
  void answer(TrialAnswer answer);

  /** What is told. One call at a time for each method. */
  interface Listener {
    /** Somebody answered. */
    void answer(TrialAnswer answer);

    /** The connection came, or was lost. */
    void connection(HubFeed.Connection connection);
  }
}
