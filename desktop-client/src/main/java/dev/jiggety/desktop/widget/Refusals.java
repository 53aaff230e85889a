package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.PatchDesk.Refusal;

/** Why a patch or a command was not handed in, in one line with the remedy. */
public final class Refusals {
  private Refusals() {}

  /** The line. */
  public static String words(Refusal refusal, Texts texts) {
    return switch (refusal) {
      case Refusal.NoKey(KeyState.Unusable(var file, var reason)) ->
          texts.get("refusal.badKey", reason);
      case Refusal.NoKey noKey -> texts.get("refusal.noKey");
      case Refusal.Hub hub -> hub.reason();
      case Refusal.Wrong wrong -> wrong.reason();
      case Refusal.ChangedSince since -> texts.get("refusal.changedSince", since.reverse().size());
    };
  }
}
