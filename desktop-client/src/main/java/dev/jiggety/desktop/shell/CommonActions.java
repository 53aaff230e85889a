package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Action;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.session.Session;
import java.util.ArrayList;
import java.util.List;

/** What can be done wherever one is. */
final class CommonActions {
  private CommonActions() {}

  static List<Action> of(Activity current, Session session, Keys.Commands commands, Desk desk) {
    Texts texts = desk.texts();
    Navigator navigator = desk.navigator();
    List<Action> actions = new ArrayList<>();
    actions.add(
        new Action(
            texts.get("action.newTest"),
            texts.get("palette.ctrl", "N"),
            () -> navigator.edit(new EditRequest.Create())));
    if (!session.basket().state().entries().isEmpty()) {
      actions.add(
          new Action(
              texts.get("action.submit"), texts.get("palette.ctrl", "B"), navigator::basket));
    }
    if (session.basket().canUndo()) {
      actions.add(
          new Action(texts.get("action.undo"), texts.get("palette.ctrl", "Z"), commands::undo));
    }
    if (session.basket().canRedo()) {
      actions.add(
          new Action(
              texts.get("action.redo"), texts.get("palette.ctrlShift", "Z"), commands::redo));
    }
    actions.add(new Action(texts.get("action.refresh"), "F5", current::refresh));
    Look look = commands.look();
    actions.add(Action.of(texts.get("menu.theme.tip"), look::switchTheme));
    actions.add(
        new Action(
            texts.get("action.larger"), texts.get("palette.ctrl", "+"), () -> look.resize(1)));
    actions.add(
        new Action(
            texts.get("action.smaller"), texts.get("palette.ctrl", "−"), () -> look.resize(-1)));
    actions.add(
        new Action(texts.get("action.usual"), texts.get("palette.ctrl", "0"), look::usualSize));
    actions.add(Action.of(texts.get("action.disconnect"), navigator::disconnect));
    return actions;
  }
}
