package dev.jiggety.desktop.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;

/** A bar of a waterfall: its parts to scale on the axis of the whole. */
final class BarTrack extends Region {
  private static final double HEIGHT = 12;

  private List<BarRow.Part> parts = List.of();
  private double whole = 1;

  BarTrack() {
    getStyleClass().add("bar-track");
    setMinHeight(HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
  }

  void show(BarRow row, Duration axis) {
    parts = row.parts();
    whole = Math.max(1, axis.toNanos());
    List<Region> regions = new ArrayList<>();
    for (BarRow.Part part : parts) {
      Region region = new Region();
      region.getStyleClass().addAll("bar-part", part.style());
      regions.add(region);
    }
    getChildren().setAll(regions);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    for (int i = 0; i < parts.size(); i++) {
      BarRow.Part part = parts.get(i);
      double from = Math.min(width - 1, width * part.start().toNanos() / whole);
      double length = Math.max(1, width * part.length().toNanos() / whole);
      getChildren().get(i).resizeRelocate(from, 0, Math.min(length, width - from), getHeight());
    }
  }
}
