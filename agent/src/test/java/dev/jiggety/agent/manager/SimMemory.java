package dev.jiggety.agent.manager;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The disk of a machine in a simulated installation: it outlives processes. */
final class SimMemory implements Memory {
  @Nullable Kept kept;
  boolean isFull;

  @Override
  public Optional<Kept> kept() {
    return Optional.ofNullable(kept);
  }

  @Override
  public void keep(Kept now) throws IOException {
    if (isFull) {
      throw new IOException("no space left");
    }
    kept = now;
  }

  @Override
  public String place() {
    return "believed.json";
  }
}
