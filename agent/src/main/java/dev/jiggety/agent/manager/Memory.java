package dev.jiggety.agent.manager;

import dev.jiggety.model.Head;
import dev.jiggety.model.TrustedKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a manager knows without the hub: whom it believed last and how far the head was. Whoever can
 * write to the hub cannot change it. For one thread.
 */
interface Memory {
  /**
   * What was believed last.
   *
   * @param version of the head
   * @param epoch of the head
   * @param release of the head
   * @param seq of the head
   * @param managers whose heads are believed
   * @param hub where that head stood; empty where that is not known
   */
  record Kept(
      long version, long epoch, long release, long seq, List<TrustedKey> managers, String hub) {
    public Kept {
      managers = List.copyOf(managers);
    }

    static Kept of(Head head, List<TrustedKey> managers, String hub) {
      return new Kept(head.version(), head.epoch(), head.release(), head.seq(), managers, hub);
    }
  }

  /** What was kept last; empty at the very first start. */
  Optional<Kept> kept();

  /** Keeps it in the place of what was kept. */
  void keep(Kept kept) throws IOException;

  /** Where it is kept, for people. */
  String place();
}
