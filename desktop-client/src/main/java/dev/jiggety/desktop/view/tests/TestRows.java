package dev.jiggety.desktop.view.tests;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.ModifiableObservableListBase;

/**
 * All rows. Cells follow their rows by themselves; whoever filters or sorts is told once of all
 * that changed, not row by row: each telling costs a sorting of them all. FX thread only.
 */
final class TestRows extends ModifiableObservableListBase<TestRow> {
  private final List<TestRow> rows = new ArrayList<>();

  /** Rows may belong elsewhere now. */
  void touched() {
    if (!rows.isEmpty()) {
      beginChange();
      for (int i = 0; i < rows.size(); i++) {
        nextUpdate(i);
      }
      endChange();
    }
  }

  @Override
  public TestRow get(int index) {
    return rows.get(index);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  protected void doAdd(int index, TestRow row) {
    rows.add(index, row);
  }

  @Override
  protected TestRow doSet(int index, TestRow row) {
    return rows.set(index, row);
  }

  @Override
  protected TestRow doRemove(int index) {
    return rows.remove(index);
  }
}
