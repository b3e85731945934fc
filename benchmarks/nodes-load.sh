#!/bin/sh
# Measures nodes that share a PostgreSQL and a Redis, which must be running:
# nodes-load.sh --postgres=jdbc:postgresql://host/database?user=…&password=… --redis=redis://host [--seconds=20] [--warm-up=60]
set -e
cd "$(dirname "$0")/.."
mvn -B -q -Pbenchmarks -pl benchmarks -am package -DskipTests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "benchmarks/target/classes:benchmarks/target/dependency/*" \
	dev.switchboard.benchmarks.load.NodesLoad "$@"
