package dev.jiggety.agent.manager;

/** A companion that keeps what happens to it, and does not begin where the test says so. */
final class SimCompanion implements Companion {
  private final ManagerWorld world;
  private final SimManager manager;

  SimCompanion(ManagerWorld world, SimManager manager) {
    this.world = world;
    this.manager = manager;
  }

  @Override
  public String name() {
    return "watching";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    manager.begins++;
    if (manager.refusals > 0) {
      manager.refusals--;
      throw new IllegalStateException("no room");
    }
    if (manager.turn != null) {
      throw new AssertionError("begun twice");
    }
    manager.turn = turn;
    world.epochs.add(turn.epoch());
    return () -> manager.turn = null;
  }
}
