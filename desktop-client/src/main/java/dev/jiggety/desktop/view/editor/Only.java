package dev.jiggety.desktop.view.editor;

import javafx.scene.layout.VBox;

/** What is seen only as long as a choice stands at one of some words, separated by commas. */
public final class Only extends VBox {
  private String choice = "";
  private String is = "";

  public Only() {
    super(8);
    setVisible(false);
    setManaged(false);
  }

  /** The place of the choice, relative to the section. */
  public String getChoice() {
    return choice;
  }

  public void setChoice(String place) {
    choice = place;
  }

  /** The words for which it is seen. */
  public String getIs() {
    return is;
  }

  public void setIs(String words) {
    is = words;
  }

  void show(String chosen) {
    boolean mine = ("," + is + ",").contains("," + chosen + ",");
    setVisible(mine);
    setManaged(mine);
  }
}
