package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.SlotReport;
import java.util.ArrayList;
import java.util.List;

/**
 * How a changed test fared on a node in both slots, before anybody swapped.
 *
 * @param node who tried it
 * @param shadow runs that passed and failed, by the definition in force and the new one
 */
public record ShadowRow(String node, SlotReport.Shadow shadow) {
  /** What that says. */
  enum Meaning {
    /** No run of the new definition yet. */
    NOTHING,
    /** The new one passes. */
    PASSES,
    /** The new one fails where the old one passes: the patch is at fault. */
    AT_FAULT,
    /** Both fail: the site is down, and the patch is not to blame. */
    BOTH_FAIL,
    /** The new one passes where the old one fails. */
    BETTER,
    /** The new one fails, and nothing is known of the old one. */
    FAILS
  }

  /** All of a rollout, as the nodes last said; nothing once they have forgotten it. */
  static List<ShadowRow> of(Rollout rollout, HubPicture picture) {
    List<ShadowRow> rows = new ArrayList<>();
    for (NodePicture node : picture.nodes()) {
      SlotReport slots = node.status().slots();
      if (slots != null && isAbout(rollout, slots)) {
        slots.shadow().forEach(shadow -> rows.add(new ShadowRow(node.status().name(), shadow)));
      }
    }
    return List.copyOf(rows);
  }

  Meaning meaning() {
    if (shadow.newPassed() + shadow.newFailed() == 0) {
      return Meaning.NOTHING;
    }
    if (shadow.newFailed() == 0) {
      return shadow.oldFailed() > 0 && shadow.oldPassed() == 0 ? Meaning.BETTER : Meaning.PASSES;
    }
    if (shadow.oldPassed() > 0 && shadow.oldFailed() == 0) {
      return Meaning.AT_FAULT;
    }
    return shadow.oldFailed() > 0 ? Meaning.BOTH_FAIL : Meaning.FAILS;
  }

  private static boolean isAbout(Rollout rollout, SlotReport slots) {
    return rollout.id().equals(slots.running().ride())
        || (slots.standby() != null && rollout.id().equals(slots.standby().ride()));
  }
}
