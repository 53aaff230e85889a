package dev.jiggety.desktop.navigation;

import dev.jiggety.desktop.session.Settings.KnownHub;

/** Goes to an activity. FX thread only. */
public interface Navigator {
  /** The screens of the menu. */
  enum Place {
    OVERVIEW(1),
    TESTS(2),
    RESULTS(3),
    INCIDENTS(4),
    PATCHES(5),
    NODES(6),
    SETTINGS(7);

    private final int digit;

    Place(int digit) {
      this.digit = digit;
    }

    /** With Ctrl it leads there. */
    public int digit() {
      return digit;
    }
  }

  /** To a screen of the menu. */
  void go(Place place);

  /** To the results of a test. */
  void results(String testId);

  /** To an incident. */
  void incident(String incidentId);

  /**
   * To who is told of what, and when: windows, policies, channels, settings.
   *
   * @param target the document to edit, like {@code window:night}; a new one where there is none of
   *     that id; empty for the list
   */
  void alerting(String target);

  /** To what became of a patch. */
  void rollout(String patchId);

  /** To the changes that wait to be submitted. */
  void basket();

  /** To the editor. */
  void edit(EditRequest request);

  /** Fills the screen with how everything is, to be read from afar. */
  void wall();

  /** Back to the screen of the menu that was seen last. */
  void back();

  /** Ends the session and connects to another hub, or asks for what is missing to do so. */
  void connect(KnownHub hub);

  /** To the first steps: try it here, or set up a hub. For when there is no session. */
  void welcome();

  /** Ends the session and goes to where hubs are chosen. */
  void disconnect();
}
