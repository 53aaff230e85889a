package dev.jiggety.desktop.session;

import dev.jiggety.model.IncidentAct;
import java.util.List;

/** Where acts are kept that have not reached the hub. Safe for any thread; may block. */
public interface ActOutbox {
  /** Keeps nothing: for tests. */
  ActOutbox NONE =
      new ActOutbox() {
        @Override
        public List<IncidentAct> read() {
          return List.of();
        }

        @Override
        public void write(List<IncidentAct> acts) {}
      };

  /** What was kept, oldest first. */
  List<IncidentAct> read();

  /** Keeps these and nothing else. */
  void write(List<IncidentAct> acts);
}
