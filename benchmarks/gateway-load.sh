#!/bin/sh
# Measures the gateway under load, beside no gateway, nginx and plain Spring Cloud Gateway: gateway-load.sh [quick|full] [--rounds=n]
set -e
cd "$(dirname "$0")/.."
mvn -B -q -Pbenchmarks -pl benchmarks -am package -DskipTests
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "benchmarks/target/classes:benchmarks/target/dependency/*" \
	dev.switchboard.benchmarks.load.GatewayLoad "$@"
