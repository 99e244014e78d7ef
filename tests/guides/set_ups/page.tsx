"use client";
import { useEffect, useState } from "react";
import { slope } from "./train";

export default function Page() {
  const [text, setText] = useState("not known yet");
  useEffect(() => {
    slope().then(setText, (error) => setText(error.message)); // effects run in the browser only
  }, []);
  return <p>The slope is {text}.</p>;
}
