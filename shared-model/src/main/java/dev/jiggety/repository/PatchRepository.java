package dev.jiggety.repository;

import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.signing.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Patches as operators see them: the one way in which what is tested is changed. Safe for any
 * thread; each call asks the hub and throws {@link HubException} when it cannot.
 */
public interface PatchRepository {

  /**
   * Signs a patch and hands it in. From then on it is the manager's. Handing in the same patch once
   * more, after a lost answer, does nothing.
   *
   * @throws HubException of kind {@code REFUSED} when the hub says no, or has another patch of that
   *     id
   */
  void submit(Patch patch, SigningKey key);

  /** A patch as it was handed in. */
  Optional<Patch> find(String patchId);

  /**
   * What became of patches, newest first.
   *
   * @param most how many at most, at least 1
   */
  List<Rollout> rollouts(int most);

  /** The record of a rollout; by the id of a patch, that of its first attempt. */
  Optional<Rollout> rollout(String rolloutId);

  /** Signs a command and hands it in. The answer comes by {@link #answer} or {@link #follow}. */
  void command(OperatorCommand command, SigningKey key);

  /** What became of a command; empty as long as the manager has not decided. */
  Optional<CommandAnswer> answer(String commandId);

  /** What nodes follow; empty where no manager was ever there. */
  Optional<Head> head();

  /** All that is confirmed and in force: what edits are made against. */
  Configuration inForce();

  /** What stood in the place of what a rollout changed; empty when it never got so far. */
  Optional<Configuration> before(String rolloutId);

  /**
   * Hands over the audit log, oldest first.
   *
   * @param from the first number, from 1
   */
  void audit(long from, Consumer<AuditEntry> consumer);

  /**
   * Follows rollouts, answers and the head: what there is, then every change. Things can be told
   * twice, never left out; a hub that is away is waited for.
   *
   * @return ends it; after close nothing more is told
   */
  HubFeed.Subscription follow(Listener listener);

  /** What is told. One call at a time for each method. */
  interface Listener {
    /** A rollout is new or has changed. */
    void rollout(Rollout rollout);

    /** A command was decided on. */
    void answer(CommandAnswer answer);

    /** The head has changed. */
    void head(Head head);

    /** The connection came, or was lost. */
    void connection(HubFeed.Connection connection);
  }
}
