package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueuedPatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line of patches in memory, with one active candidate at a time. */
final class SimQueue {
  final List<QueuedPatch> waiting = new ArrayList<>();
  private final Set<String> everPut = new HashSet<>();
  private final List<Standing> standings = new ArrayList<>();
  private @Nullable Standing active;

  final class Standing implements PatchQueue.Candidacy {
    final SimManager manager;
    final PatchQueue.Candidate candidate;
    private final Set<String> inHand = new HashSet<>();
    private boolean owesWord;

    Standing(SimManager manager, PatchQueue.Candidate candidate) {
      this.manager = manager;
      this.candidate = candidate;
    }

    @Override
    public void acknowledge(String patchId) {
      if (active == this && inHand.remove(patchId)) {
        waiting.removeIf(it -> it.patchId().equals(patchId));
      }
    }

    @Override
    public void close() {
      standings.remove(this);
      if (active == this) {
        active = null;
      }
    }
  }

  void put(QueuedPatch patch) {
    if (everPut.add(patch.patchId())) {
      waiting.add(patch);
    }
  }

  PatchQueue.Candidacy stand(SimManager manager, PatchQueue.Candidate candidate) {
    Standing standing = new Standing(manager, candidate);
    standings.add(standing);
    return standing;
  }

  /** A process has ended. */
  void gone(SimManager manager) {
    standings.removeIf(it -> it.manager == manager);
    if (active != null && active.manager == manager) {
      active = null;
    }
  }

  /** A process did not answer for long; it hears of that when it is back. */
  void silent(SimManager manager) {
    Standing was = active;
    if (was != null && was.manager == manager) {
      was.owesWord = true;
      was.inHand.clear();
      active = null;
      standings.remove(was);
      standings.add(was);
    }
  }

  boolean isActive(SimManager manager) {
    return active != null && active.manager == manager;
  }

  /** Whoever can hear is told what there is to tell. */
  void tick() {
    for (Standing standing : List.copyOf(standings)) {
      if (standing.owesWord && standing.manager.canHear()) {
        standing.owesWord = false;
        standing.candidate.passive("it was silent");
      }
    }
    if (active == null) {
      active = standings.stream().filter(it -> it.manager.canHear()).findFirst().orElse(null);
      if (active != null) {
        active.inHand.clear();
        active.candidate.active();
      }
    }
    Standing now = active;
    if (now != null && now.manager.canHear()) {
      for (QueuedPatch patch : List.copyOf(waiting)) {
        if (now.inHand.add(patch.patchId())) {
          now.candidate.delivered(patch);
        }
      }
    }
  }
}
