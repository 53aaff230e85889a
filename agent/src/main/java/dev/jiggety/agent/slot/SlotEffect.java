package dev.jiggety.agent.slot;

import dev.jiggety.model.Generation;
import java.time.Duration;

/** What has to be done after an event, in the order in which it is told. */
public sealed interface SlotEffect {

  /**
   * Keep the state on the disk before anything else.
   *
   * @param required when that fails nothing has happened, and the event comes again later;
   *     otherwise it is safe to go on, as whoever restarts comes to the same
   */
  record Persist(boolean required) implements SlotEffect {}

  /** Put its tests into force in one step. */
  record Swap(Slot to) implements SlotEffect {}

  /**
   * Read all of it, and tell whether it could be put into force.
   *
   * @param strict whether a changed document that cannot be read makes it unfit; otherwise it is
   *     left out and told, because nothing better is in force
   */
  record Prepare(Slot slot, boolean strict) implements SlotEffect {}

  /** Run the tests that it changes in both slots, from now on. */
  record StartShadow(Slot candidate) implements SlotEffect {}

  /** End that. */
  record StopShadow() implements SlotEffect {}

  /** Something new came into the standby slot: what the executor did before counts for before. */
  record Watch(Generation candidate) implements SlotEffect {}

  /** Report, spread by chance over that time; zero for at once. */
  record Report(Duration within) implements SlotEffect {}

  /** Get the confirmed documents from the hub, spread by chance over that time. */
  record Pull(Duration within) implements SlotEffect {}

  /** Tell people. */
  record Alarm(String text) implements SlotEffect {}
}
