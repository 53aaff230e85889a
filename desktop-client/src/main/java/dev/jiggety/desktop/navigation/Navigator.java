package dev.jiggety.desktop.navigation;

/** Goes to an activity. FX thread only. */
public interface Navigator {
  /** The screens of the menu. */
  enum Place {
    OVERVIEW,
    TESTS,
    RESULTS,
    INCIDENTS,
    PATCHES,
    NODES,
    SETTINGS
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

  /** Back to the screen of the menu that was seen last. */
  void back();

  /** Ends the session and goes to where hubs are chosen. */
  void disconnect();
}
